"""`reviews`: mails editors which of their pages are to be looked at again. For a timer, once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from cms.planned.reviews import tell


class Command(BaseCommand):
    help = "Mails editors the pages whose day to be looked at again has come. Run it once a day."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{tell(localdate())} mails sent")
