"""Values of a page that goes along to another municipality: what they refer to goes along, or is left out.

An editor reaches the files and pages of their own municipality only, and no site shows another's. So whatever
still referred to the one that is no more could neither be seen nor be changed.
"""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection, Page

from cms.files import File, Picture
from cms.slots import SLOT
from cms.trees import is_library

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
KIND = re.compile(r'\blinktype="(\w+)"')
ID = re.compile(r'\bid="(\d+)"')
SAID = ("title", "description", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
GONE = object()
"""A part that held nothing but a file that is not there."""


class Carried:
    """What each page, file and fact of the one is with the other."""

    def __init__(self, pages: Mapping[int, Page], facts: Mapping[str, str], old: str, new: str) -> None:
        self.pages = pages
        """The new page by the id of the old one."""
        self._facts = facts
        self._old, self._new = old, Collection.objects.get(name=new)
        self._files: dict[tuple[type[Any], int], Any] = {}

    def value(self, value: Any) -> Any:
        """A stored value, however deep; GONE where nothing of it is left."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [one for one in map(self.value, value) if one is not GONE]
        if isinstance(value, Mapping):
            return self._part(value)
        return value

    def _part(self, part: Mapping[str, Any]) -> Any:
        said = {name: self.value(one) for name, one in part.items()}
        if isinstance(said.get("picture"), int):
            said["picture"] = picture = self._file(Picture, said["picture"])
            if picture is None:
                return GONE
        return GONE if said.get("value") is GONE else said

    def _text(self, text: str) -> str:
        text = SLOT.sub(lambda slot: f"[[{self._facts.get(slot[1], slot[1])}]]", text)
        return LINK.sub(self._link, text)

    def _link(self, link: re.Match[str]) -> str:
        kind, number = KIND.search(link[1]), ID.search(link[1])
        if kind is None or number is None:
            return link[0]
        there: int | None = int(number[1])
        if kind[1] == "page":
            there = self._page(int(number[1]))
        elif kind[1] == "document":
            there = self._file(File, int(number[1]))
        if not there:
            return link[2]
        attributes = ID.sub(f'id="{there}"', link[1])
        return f"<a{attributes}>{link[2]}</a>"

    def _page(self, number: int) -> int | None:
        """A page of the library stays what it is; one that did not go along is no link any more."""
        if number in self.pages:
            return int(self.pages[number].pk)
        page = Page.objects.filter(pk=number).first()
        return number if page and is_library(page.url_path) else None

    def _file(self, model: type[Any], number: int) -> int | None:
        """The id of its copy, made once; a file of the library stays what it is."""
        found = model.objects.filter(pk=number).select_related("collection").first()
        if found is None or found.collection.name != self._old:
            return found and int(found.pk)
        key = (model, number)
        if key not in self._files:
            self._files[key] = _copy(found, self._new)
        return self._files[key] and int(self._files[key].pk)


def _copy(file: Any, collection: Collection) -> Any:
    """With its words, in the folder of the other; None where only the row is left."""
    try:
        with file.file.open("rb") as there:
            content = ContentFile(there.read(), PurePosixPath(file.file.name).name)
    except FileNotFoundError:
        return None
    said = {name: getattr(file, name) for name in SAID if hasattr(file, name)}
    copied = type(file)(file=content, collection=collection, **said)
    copied.save()
    return copied
