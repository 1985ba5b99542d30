"""What a downloaded document is called and what kind of file it says to be. Pure.

Both come from the register's record, never from its download (a real Open Zaak says
`application/octet-stream` and `<uuid>.bin`), and both may have been typed by anybody.
"""

import unicodedata
from collections.abc import Mapping

from .documenten import Document

LONGEST = 100  # signs of a name
OTHER = "application/octet-stream"
KINDS: Mapping[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/tiff": ("tif", "tiff"),
    "text/plain": ("txt", "log"),
    "text/csv": ("csv",),
    "application/rtf": ("rtf",),
    "application/msword": ("doc",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.ms-powerpoint": ("ppt",),
    "application/vnd.ms-outlook": ("msg",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/zip": ("zip",),
    "video/mp4": ("mp4",),
    "audio/mpeg": ("mp3",),
}
"""Kinds that a browser opens without running anything of ours, with how their names end."""


def media_type(document: Document) -> str:
    """The kind of file as a browser hears it; what could run (HTML, SVG, scripts) is just bytes."""
    return document.format if document.format in KINDS else OTHER


def short_kind(document: Document) -> str:
    """The kind of file in a word, such as PDF; empty where it is none we know."""
    return KINDS[document.format][0].upper() if document.format in KINDS else ""


def file_name(document: Document) -> str:
    """A name that is safe to save under and ends as its kind does."""
    name = safe(document.file_name) or safe(document.title) or "document"
    endings = KINDS.get(document.format, ("bin",))
    stem, _dot, ending = name.rpartition(".")
    if not (stem and ending.lower() in endings):
        stem, ending = name, endings[0]
    return f"{stem[:LONGEST]}.{ending.lower()}"


def safe(text: str) -> str:
    """Without folders, and without signs that are not seen or that turn the reading direction."""
    last = text.replace("\\", "/").rpartition("/")[2]
    plain = "".join("-" if sign in '<>:"|?*%' else sign for sign in seen(last))
    return " ".join(plain.split()).strip(". ")


def seen(text: str) -> str:
    """Without signs that are not seen or that turn the reading direction."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
