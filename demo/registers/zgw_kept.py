"""What was made over the API is put in the store, and kept in a file so that it is there after a restart."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

from .zgw_records import Record
from .zgw_store import Store


class Kept:
    """The writes of one client, in order; `told` hears of each (list, record, act), but not at a start."""

    def __init__(
        self,
        store: Store,
        folder: Path | None,
        client: str,
        told: Callable[[str, Record, str], None] = lambda *_write: None,
    ) -> None:
        self._store, self._told = store, told
        self._file = folder / f"{client}.jsonl" if folder else None
        if self._file and self._file.exists():
            for line in self._file.read_text().splitlines():
                self._apply(**json.loads(line))

    def add(self, what: str, record: Record, content: str | None = None) -> None:
        """Keep a record that is right, new or changed, with the content of a document in base64."""
        changed = record["url"] in self._store.zaken or self._store.beside.has_decision(record["url"])
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a") as file:
                file.write(json.dumps({"what": what, "record": record, "content": content}) + "\n")
        self._apply(what, record, content)
        self._told(what, record, "partial_update" if changed else "create")

    def _apply(self, what: str, record: Record, content: str | None) -> None:
        store, url = self._store, record["url"]
        match what:
            case "zaken":
                store.zaken[url] = record
                return
            case "enkelvoudiginformatieobjecten":
                store.documenten[url] = record
                for part in record["bestandsdelen"]:
                    store.awaited[part["url"]] = (url, part)
                if not record["bestandsdelen"]:
                    store.contents[url] = base64.b64decode(content or "")
                return
            case "bestandsdelen":
                store.pieces[url] = base64.b64decode(content or "")
                store.awaited[url][1]["voltooid"] = True
                return
            case "unlock":
                made = store.documenten[url]
                parts = [part["url"] for part in made["bestandsdelen"]]
                if parts:
                    store.contents[url] = b"".join(store.pieces.pop(part) for part in parts)
                    made["inhoud"] = f"{url}/download?versie=1"
                for part in parts:
                    del store.awaited[part]
                made |= {"locked": False, "bestandsdelen": []}
                return
            case "delete":
                for part in store.documenten.pop(url)["bestandsdelen"]:
                    store.awaited.pop(part["url"])
                    store.pieces.pop(part["url"], None)
                store.contents.pop(url, None)
                return
            case "rollen":
                store.rollen[url] = record
            case "statussen":
                for one in store.statussen.values():
                    if one["zaak"] == record["zaak"]:
                        one["indicatieLaatstGezetteStatus"] = False
                store.statussen[url] = record
                store.zaken[record["zaak"]]["status"] = url
                if store.types["statustypen"][record["statustype"]]["isEindstatus"]:
                    store.zaken[record["zaak"]]["einddatum"] = record["datumStatusGezet"][:10]
                return
            case "resultaten":
                store.resultaten[url] = record
                store.zaken[record["zaak"]]["resultaat"] = url
                return
            case "besluiten":
                store.beside.made[url] = record
                return
            case "zaakeigenschappen":
                store.facts[url] = record
            case "zaakinformatieobjecten":
                store.enclosures[url] = record
        named = "eigenschappen" if what == "zaakeigenschappen" else what
        store.zaken[record["zaak"]][named].append(url)
