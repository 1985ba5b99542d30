"""All that a municipality has, as plain files: what it wrote and promised, its log, nothing of residents.

Row by row, so it needs no more memory for a large municipality. Each file says only what is named here: a
column that is added later does not go out by itself. README.md is written last, so a folder without one is
not whole.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect

from cms.files import File, Picture
from cms.local import filled_in
from cms.models import FilledIn, LeftOut, Synonym
from cms.trees import address
from portal.municipalities import signing
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Announcement, ConnectionRow, Fact, Municipality
from portal.sharing.ledger import heads, proof, public, tree
from portal.sharing.models import Consumer, LedgerEntry, LogRecord, PurposeVersion, Recall, SignedHead
from portal.sharing.purposes import canonical

from .pages import as_html, own_pages

AT_ONCE = 500
README = """\
# {name}: all that the municipality has

Made by `manage.py municipality export`. Each .jsonl file has one JSON object a line. Texts are HTML;
`[[name]]` in one stands for the fact of that name. There is nothing of a resident in it, and no secret of a
connection.

| file | what | rows |
| --- | --- | --- |
{rows}

## The act log

`ledger/` holds it whole: every signed head, the last one in `kop.json`; the leaves, in order, as hashes; the
public keys; and what the log says of itself (days sealed, records forgotten) with the salts of those. Whoever
kept the proof of a receipt can go on checking it, with nothing but Python and without a network:

    cd ledger
    python3 controleer.py kop.json --sleutels sleutels.json --koppen koppen.jsonl --bladen bladen.txt
    python3 controleer.py <proof of a resident>.json --sleutels sleutels.json --koppen koppen.jsonl
"""
Row = Mapping[str, Any]


class FolderInUse(Exception):
    """There is something in the folder already, or it cannot be made."""


class LogIsNotWhole(Exception):
    """The leaves are not those that were signed."""


def empty_folder(folder: Path) -> None:
    """Make a folder that only we can read, or take an empty one. Raises FolderInUse."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FolderInUse(f"{folder} is not empty")
    except OSError as fault:
        raise FolderInUse(f"{folder}: {fault.strerror}") from None


def export(municipality: Municipality, folder: Path) -> dict[str, int]:
    """Write it all; gives how many rows each file has. Raises FolderInUse, LogIsNotWhole."""
    empty_folder(folder)
    (folder / "ledger").mkdir()
    with acting_for(municipality), transaction.atomic(), filled_in():
        _whole(folder / "municipality.json", _municipality(municipality))
        written = {name: _lines(folder / name, rows) for name, rows in _tables(municipality).items()}
        written["images/"] = _files(folder / "images", Picture.objects, municipality)
        written["documents/"] = _files(folder / "documents", File.objects, municipality)
        written |= _ledger(folder / "ledger")
    rows = "\n".join(f"| `{name}` | {WHAT[name]} | {number} |" for name, number in written.items())
    (folder / "README.md").write_text(README.format(name=municipality.name, rows=rows))
    return written


WHAT = {
    "facts.jsonl": "what it fills in on shared pages",
    "pages.jsonl": "its own pages, with drafts",
    "filled-in.jsonl": "what it wrote in places that shared pages left open",
    "left-out.jsonl": "shared pages, or parts of them, that it does not show",
    "redirects.jsonl": "its redirects",
    "announcements.jsonl": "what stood above its pages",
    "synonyms.jsonl": "words that people type",
    "purposes.jsonl": "each version of each purpose, word for word",
    "recalls.jsonl": "purposes that were taken back",
    "consumers.jsonl": "who could read under which purposes, with their public keys",
    "connections.jsonl": "registers and providers, without their credentials",
    "images/": "images, described in `images.jsonl`",
    "documents/": "documents, described in `documents.jsonl`",
    "ledger/koppen.jsonl": "signed heads, oldest first",
    "ledger/bladen.txt": "leaves, in order",
    "ledger/notes.jsonl": "what the log says of itself",
}


def _municipality(municipality: Municipality) -> Row:
    names = ("slug", "name", "host", "code", "theme", "second_brands", "closed", "heir")
    return {name: getattr(municipality, name) for name in names}


def _tables(municipality: Municipality) -> dict[str, Iterable[Row]]:
    mine = {"home__municipality": municipality}
    return {
        "facts.jsonl": _values(Fact.objects.order_by("key"), "key", "value"),
        "pages.jsonl": own_pages(),
        "filled-in.jsonl": (
            {"page": one.page.url_path, "part": one.block, "text": as_html(one.text)}
            for one in FilledIn.objects.filter(**mine).select_related("page").iterator(AT_ONCE)
        ),
        "left-out.jsonl": (
            {"page": one.page.url_path, "part": one.block}
            for one in LeftOut.objects.filter(**mine).select_related("page").iterator(AT_ONCE)
        ),
        "redirects.jsonl": _redirects(municipality),
        "announcements.jsonl": _values(
            Announcement.objects.filter(municipality=municipality).order_by("begins"),
            "kind", "text", "url", "begins", "ends",
        ),
        "synonyms.jsonl": _values(Synonym.objects.filter(municipality=municipality), "typed", "means"),
        "purposes.jsonl": (
            {
                "purpose": one.purpose.slug,
                "version": one.number,
                "published": one.published,
                "hash": one.content_hash,
                "content": one.content,
            }
            for one in PurposeVersion.objects.select_related("purpose")
            .order_by("purpose__slug", "number")
            .iterator(AT_ONCE)
        ),
        "recalls.jsonl": _values(
            Recall.objects.order_by("at"), "purpose__slug", "until_version", "at", "why"
        ),
        "consumers.jsonl": _values(
            Consumer.objects.order_by("slug"),
            "slug", "name", "kind", "oin", "purposes", "events_url", "return_urls", "jwks",
        ),
        "connections.jsonl": (
            {
                "kind": one.kind,
                "name": one.name,
                "base_url": _without_credentials(one.base_url),
                "parameters": one.parameters,
                "switched_off": one.switched_off,
            }
            for one in ConnectionRow.objects.order_by("kind", "name").defer("credentials")
        ),
    }  # fmt: skip


def _redirects(municipality: Municipality) -> Iterator[Row]:
    rows = Redirect.objects.filter(site_id=municipality.site_id, site__isnull=False)
    for row in rows.select_related("redirect_page__locale").order_by("old_path").iterator(AT_ONCE):
        page = row.redirect_page
        to = address(page.url_path, page.locale.language_code) if page else row.redirect_link
        yield {"from": row.old_path, "to": to, "permanent": row.is_permanent}


def _files(folder: Path, files: Any, municipality: Municipality) -> int:
    folder.mkdir()
    mine = files.filter(collection__name=municipality.slug).order_by("id")
    return _lines(folder.with_suffix(".jsonl"), (_copied(one, folder) for one in mine.iterator(AT_ONCE)))


def _copied(one: Any, folder: Path) -> Row:
    """A file of which only the row is left is said to be missing, and stops nothing."""
    name = f"{one.id}-{PurePosixPath(one.file.name).name}"
    said = {"id": one.id, "title": one.title, "description": getattr(one, "description", "")}
    try:
        with one.file.open("rb") as there, (folder / name).open("xb") as here:
            shutil.copyfileobj(there, here)
    except FileNotFoundError:
        return {**said, "missing": True}
    return {**said, "file": name}


def _ledger(folder: Path) -> dict[str, int]:
    """What `controleer.py` needs to check it without us; the leaves are checked while they are written."""
    newest = heads.published()  # what is not outside yet nobody may have: a backup could be older
    keys = signing.key_set()
    shown = heads.shown(newest) if newest else None
    _whole(folder / "sleutels.json", keys)
    _whole(
        folder / "kop.json",
        {"formaat": proof.FORMAT, "kop": shown, "sleutels": keys["keys"], "handelingen": []},
    )
    shutil.copyfile(public.CHECKER, folder / "controleer.py")
    signed = heads.all_published().iterator(AT_ONCE)
    notes = LogRecord.objects.select_related("entry").order_by("entry__position").iterator(AT_ONCE)
    return {
        "ledger/koppen.jsonl": _lines(folder / "koppen.jsonl", map(heads.shown, signed)),
        "ledger/bladen.txt": _leaves(folder / "bladen.txt", newest),
        "ledger/notes.jsonl": _lines(
            folder / "notes.jsonl",
            (
                {
                    "plaats": one.entry.position,
                    "tekst": canonical(one.payload).decode(),
                    "zout": bytes(one.salt).hex(),
                }
                for one in notes
            ),
        ),
    }


def _leaves(file: Path, newest: SignedHead | None) -> int:
    """As many as the newest head counts; what came after it is under no signature yet."""
    grown, size = tree.Growing(), newest.size if newest else 0
    leaves = LedgerEntry.objects.filter(position__lt=size).order_by("position")
    with file.open("x") as lines:
        for leaf in leaves.values_list("leaf", flat=True).iterator(5000):
            grown.add(bytes(leaf))
            lines.write(bytes(leaf).hex() + "\n")
    if newest and (grown.size != size or grown.root() != bytes(newest.root)):
        raise LogIsNotWhole("the leaves are not those that were signed; see `manage.py ledger verify`")
    return grown.size


def _values(rows: Any, *names: str) -> Iterable[Row]:
    return rows.values(*names).iterator(AT_ONCE)  # type: ignore[no-any-return]


def _lines(file: Path, rows: Iterable[Row]) -> int:
    written = 0
    with file.open("x") as lines:
        for row in rows:
            lines.write(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n")
            written += 1
    return written


def _whole(file: Path, content: Row) -> None:
    file.write_text(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n")


def _without_credentials(url: str) -> str:
    """Some write a key into the address."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
