"""`bounced`: read the mails of the bounce inbox, and note which notices did not arrive."""

import email
import mailbox
from argparse import ArgumentParser
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.notices import returns


class Command(BaseCommand):
    help = (
        "Reads mails that came back: files with one mail each, a Maildir, or an mbox file. Harmless to"
        " repeat; nothing is removed. A mail server may also hand each mail to it as a file of its own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="+", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        read = noted = 0
        for path in options["path"]:
            if not path.exists():
                raise CommandError(f"{path} is not there")
            for mail in _mails(path):
                read += 1
                bounce = returns.bounce_of(mail)
                noted += bool(bounce and returns.record(bounce))
        self.stdout.write(f"{read} mails, {noted} notices came back")


def _mails(path: Path) -> Iterator[Message]:
    if path.is_dir():
        yield from mailbox.Maildir(path, create=False)
    elif path.read_bytes()[:5] == b"From ":
        yield from mailbox.mbox(path, create=False)
    else:
        yield email.message_from_bytes(path.read_bytes())
