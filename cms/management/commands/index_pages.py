"""`manage.py index_pages`: put every published page into the search index again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cms.generations import raise_library, raise_of
from cms.models import ContentPage
from cms.search.indexing import put
from portal.municipalities.models import Municipality


class Command(BaseCommand):
    """After a change of how pages are read; publishing keeps the index by itself."""

    help = "Put every published page into the search index again."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's
        """One transaction: nobody searches half an index."""
        with transaction.atomic():
            for page in ContentPage.objects.filter(live=True).select_related("locale").specific():
                put(page)
            raise_library()
            raise_of(Municipality.objects.all())
