"""A theme as a zip, to hand over and to take in.

What comes in is checked twice: the zip before anything of it is written, and what was in it as any other
folder before it stands among the themes.
"""

import io
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .build import all_folders, read
from .files import FONTS, KB, MOST_OF_TOKENS, MOST_SETS, SET_PART, TOKENS, at_most, most_of
from .folder import SLUG
from .refusal import ThemeRefused, shown

MOST = 3000 * KB
MOST_UNPACKED = 4000 * KB
"""A folder that is all right cannot be more; a zip with a thousand typefaces is not unpacked further."""
MOST_ENTRIES = 60 + 2 * MOST_SETS  # the folders of sets too
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
LEFT_BEHIND = re.compile(r"(^|/)(__MACOSX/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$")
"""What an operating system adds to a zip; never written."""
ENCRYPTED = 0x1
KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The two ways of packing that every program knows; the others have readers with faults of their own."""


def pack(folder: Path, to: Path) -> Path:
    """Put a theme that passes into `<slug>.zip`. Raises ThemeRefused."""
    slug = read(folder).folder.slug
    target = to / f"{slug}.zip"
    with written_in(to), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parcel:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
                parcel.write(path, f"{slug}/{path.relative_to(folder).as_posix()}")
    return target


@contextmanager
def written_in(place: Path) -> Iterator[None]:
    """Make a folder where there is none. Raises ThemeRefused where nothing can be written in it."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as fault:
        why = "dat is geen map" if isinstance(fault, FileExistsError) else fault.strerror
        raise ThemeRefused([f"In {place} kan niets geschreven worden: {why}."]) from None


def unpack(parcel: Path, into: Path, *, replacing: bool = False, places: Iterable[Path] = ()) -> Path:
    """Take in a theme's zip, where none of its name is among those of `places` already.

    Raises ThemeRefused; then nothing of it stands anywhere.
    """
    size = parcel.stat().st_size if parcel.is_file() else None
    if size is None:
        raise ThemeRefused([f"{shown(parcel)} is er niet."])
    if size > MOST:
        raise ThemeRefused([f"De zip is {size // KB} kB; hij mag hoogstens {MOST // KB} kB zijn."])
    slug, files = contents(parcel.read_bytes())
    target = into / slug
    there = [target] if target.exists() else all_folders(places).get(slug, [])
    if there and not replacing:
        where = f"{slug} is er al, in {there[0].parent}."
        raise ThemeRefused([f"{where} Wilt u dat thema vervangen, geef dan REPLACE=yes mee."])
    with written_in(into), tempfile.TemporaryDirectory(dir=into, prefix=".unpacking-") as beside:
        folder = Path(beside) / slug
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        read(folder)
        if target.exists():
            shutil.move(target, Path(beside) / "old")
        shutil.move(folder, target)
    return target


def contents(data: bytes) -> tuple[str, dict[str, bytes]]:
    """The theme's slug, and its files by their name in its folder. Raises ThemeRefused."""
    if not data.startswith(b"PK\x03\x04"):
        raise ThemeRefused(["Dit is geen zip, of er staat iets voor de zip."])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            return _read(parcel)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as fault:
        raise ThemeRefused([f"De zip is stuk: {shown(fault)}."]) from None
    except zipfile.zlib.error:  # type: ignore[attr-defined]  # zipfile's own import, raised through it
        raise ThemeRefused(["De zip is stuk: er is iets niet uit te pakken."]) from None


def _read(parcel: zipfile.ZipFile) -> tuple[str, dict[str, bytes]]:
    entries = [one for one in parcel.infolist() if not LEFT_BEHIND.search(one.filename)]
    if parcel.comment:
        raise ThemeRefused(["Achter de zip staat nog iets. Maak hem opnieuw."])
    if len(entries) > MOST_ENTRIES:
        raise ThemeRefused([f"In de zip zitten {len(entries)} bestanden; hoogstens {MOST_ENTRIES} kan."])
    files: dict[str, bytes] = {}
    reasons = []
    slugs = {entry.filename.split("/")[0] for entry in entries if not _fault(entry)}
    if len(slugs) > 1:
        raise ThemeRefused(["In de zip zitten meer mappen. Er hoort er één in, met de naam van het thema."])
    for entry in entries:
        if reason := _fault(entry):
            reasons.append(reason)
            continue
        if entry.is_dir():
            continue
        name = entry.filename.split("/", 1)[1]
        if name.lower() in map(str.lower, files):
            reasons.append(f"In de zip zit {shown(name)} twee keer.")
            continue
        files[name] = _bytes(parcel, entry, most_of(name))
        if sum(len(one) for key, one in files.items() if key.startswith(f"{TOKENS}/")) > MOST_OF_TOKENS:
            raise ThemeRefused([f"tokens/ is uitgepakt groter dan de {MOST_OF_TOKENS // KB} kB die mag."])
        if sum(map(len, files.values())) > MOST_UNPACKED:
            raise ThemeRefused([f"De map is uitgepakt groter dan de {MOST_UNPACKED // KB} kB die mag."])
    if not reasons and not files:
        reasons.append("In de zip hoort één map, met de naam van het thema en haar bestanden.")
    if reasons:
        raise ThemeRefused(at_most(reasons))
    return slugs.pop(), files


def _fault(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not taken; empty when it is."""
    name = entry.filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.flag_bits & ENCRYPTED:
        return f"{shown(name)} zit achter een wachtwoord."
    if entry.compress_type not in KNOWN:
        return f"{shown(name)} is ingepakt op een manier die wij niet aannemen. Maak een gewone zip."
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return f"{shown(name)} is geen gewoon bestand, maar een verwijzing of een apparaat."
    if not name:
        return "In de zip zit een bestand zonder naam."
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or "\\" in entry.orig_filename or "\0" in entry.orig_filename or ".." in parts:
        return f"{shown(name)} wijst naar een plek buiten de map."
    if not SLUG.fullmatch(parts[0]) or parts[0] == "_base":
        return f"{shown(name)}: alles hoort in één map met een korte naam in kleine letters."
    first, inner = parts[1:2], parts[2:]
    of_tokens = first == [TOKENS]
    if not (of_tokens or all(map(NAME.fullmatch, parts[1:]))):
        return f"{shown(name)} heeft een naam die niet kan."
    if entry.is_dir():
        fits = all(map(SET_PART.fullmatch, inner)) if of_tokens else [*first, *inner] in ([], [FONTS])
        return "" if fits else f"De map {shown(name)} hoort niet in een thema."
    return "" if most_of("/".join(parts[1:])) else f"{shown(name)} hoort niet in een thema."


def _bytes(parcel: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Unpacked, never further than it may be, whatever the zip says of itself."""
    with parcel.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ThemeRefused([f"{shown(entry.filename)} is uitgepakt groter dan de {most // KB} kB die mag."])
    return data
