"""What a row says of its document; encrypted at rest, for a file's name may say a lot."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction

from portal.municipalities.crypto import decrypt, encrypt, lookup_hash

from .models import Upload

TABLE, COLUMN = "uploads_upload", "held"


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a document."""

    name: str = field(repr=False)
    """As the resident's file is called."""
    title: str = field(default="", repr=False)
    """What the resident says that it is; empty where they left it out."""
    sha256: str = field(default="", repr=False)
    """In hex; empty until it is known."""
    format: str = ""
    """The media type, by its content."""
    case_number: str = ""
    case_title: str = ""

    @property
    def called(self) -> str:
        """How it is named to people."""
        return self.title or self.name


def read(upload: Upload) -> Held:
    """What the row holds; also outside a transaction, though it may need a key from the database."""
    with transaction.atomic(savepoint=False):
        plain = decrypt(bytes(upload.held), table=TABLE, column=COLUMN, row=upload.id)
    return Held(**json.loads(plain))


def put(upload: Upload, held: Held) -> None:
    """Put it in the row, which is not saved yet."""
    plain = json.dumps(asdict(held), ensure_ascii=False).encode()
    upload.held = encrypt(plain, table=TABLE, column=COLUMN, row=upload.id)


def changed(upload: Upload, **values: Any) -> Held:
    """The same with some of it anew, put in the row."""
    held = replace(read(upload), **values)
    put(upload, held)
    return held


def fingerprint(sha256: str) -> bytes:
    """By which the same file is known again, without anybody else being able to guess at its content."""
    _key, hashed = lookup_hash(f"upload {sha256}")
    return hashed
