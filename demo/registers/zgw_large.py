"""Large documents of the demo's Documenten: content in parts, under a lock, and taking a document back.

As a real Open Zaak does: a part must have exactly the size that was told, and come under the right lock; only
when all parts are there can a document be unlocked, and only then be read; what is with a case cannot be
deleted.
"""

import base64
from collections.abc import Sequence

from .serving import Asked, Reply
from .zgw_answers import VERSION, problem
from .zgw_kept import Kept
from .zgw_records import DOCUMENTEN
from .zgw_store import Store

DOCUMENTS = "enkelvoudiginformatieobjecten"


def is_asked(method: str, parts: Sequence[str]) -> bool:
    """Whether a call is one of these."""
    shape = (method, parts[0], parts[2] if len(parts) == 3 else len(parts))
    return shape in {
        ("PUT", "bestandsdelen", 2),
        ("DELETE", DOCUMENTS, 2),
        ("POST", DOCUMENTS, "unlock"),
    }


def answer(asked: Asked, parts: Sequence[str], store: Store, kept: Kept, root: str) -> Reply:
    """The answer to one of them, and what it changes."""
    if asked.method == "PUT":
        return _write_part(asked, root + asked.path, store, kept)
    url = f"{root}{DOCUMENTEN}/{DOCUMENTS}/{parts[1]}"
    if url not in store.documenten:
        return problem(404, "not_found", "Niet gevonden.")
    return _unlock(asked, url, store, kept) if asked.method == "POST" else _delete(url, store, kept)


def _write_part(asked: Asked, url: str, store: Store, kept: Kept) -> Reply:
    if url not in store.awaited:
        return problem(404, "not_found", "Niet gevonden.")
    _document, part = store.awaited[url]
    form = asked.body if isinstance(asked.body, dict) else {}
    content, lock = form.get("inhoud"), form.get("lock")
    if not isinstance(content, bytes) or not isinstance(lock, bytes):
        return wrong("inhoud", "required", "Dit veld is vereist.")
    if lock.decode("utf-8", "replace") != part["lock"]:
        return wrong("nonFieldErrors", "incorrect-lock-id", "Lock id is niet correct.")
    if len(content) != part["omvang"]:
        return wrong("nonFieldErrors", "file-size", "Het bestandsdeel heeft een andere omvang.")
    kept.add("bestandsdelen", {"url": url}, base64.b64encode(content).decode())
    return Reply(200, dict(part), VERSION)


def _unlock(asked: Asked, url: str, store: Store, kept: Kept) -> Reply:
    made = store.documenten[url]
    body = asked.body if isinstance(asked.body, dict) else {}
    locks = {part["lock"] for part in made["bestandsdelen"]}
    if not made["locked"]:
        return wrong("nonFieldErrors", "unlocked", "Het document is niet vergrendeld.")
    if str(body.get("lock")) not in locks:
        return wrong("nonFieldErrors", "incorrect-lock-id", "Lock id is niet correct.")
    if not all(part["voltooid"] for part in made["bestandsdelen"]):
        return wrong("nonFieldErrors", "incomplete-upload", "Het uploaden van het bestand is niet afgerond.")
    kept.add("unlock", {"url": url})
    return Reply(204, None, VERSION)


def _delete(url: str, store: Store, kept: Kept) -> Reply:
    if any(one["informatieobject"] == url for one in store.enclosures.values()):
        return wrong("nonFieldErrors", "pending-relations", "Het document hoort nog bij een zaak.")
    kept.add("delete", {"url": url})
    return Reply(204, None, VERSION)


def wrong(name: str, code: str, reason: str) -> Reply:
    """400 with what is wrong."""
    reply = problem(400, "invalid", "Invalid input.")
    reply.body["invalidParams"] = [{"name": name, "code": code, "reason": reason}]
    return reply
