"""`library`: a tree of the library for each language of the installation; to repeat it changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.founding import lay_library


class Command(BaseCommand):
    help = "Makes what the library lacks: a tree for each language (SITE_LANGUAGES), its group and its files."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for code, root in lay_library().items():
            self.stdout.write(f"{code}: {root.title}")
