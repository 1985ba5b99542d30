"""Raising the numbers that stored pages are kept under, in the transaction that changes anything they show.

Page types raise theirs as they are saved (`served`). Here is what else a page is made of: facts, the
municipality itself, which registers it has (the menu of Mijn says so), redirects, pictures, documents, what
is left out, and pages that move or go.
"""

from typing import Any

from django.db.models import F, Model
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.signals import post_page_move

from portal.municipalities.models import ConnectionRow, Fact, LibraryGeneration, Municipality

from .search.indexing import put
from .trees import root_path


def raise_library() -> None:
    """Something that all sites show has changed."""
    LibraryGeneration.objects.update(number=F("number") + 1)


def raise_of(municipalities: Any) -> None:
    """Something that these municipalities' sites show has changed."""
    municipalities.update(content_generation=F("content_generation") + 1)


def raise_for(path: str) -> None:
    """The page at this path of the tree has changed: its municipality's, or all for a library page."""
    from .models import HomePage, LibraryRoot

    root = root_path(path)
    ids = list(HomePage.objects.filter(path=root).values_list("municipality_id", flat=True))
    if ids:
        raise_of(Municipality.objects.filter(id__in=ids))
    elif LibraryRoot.objects.filter(path=root).exists():
        raise_library()


def raise_for_collection(name: str) -> None:
    """A file of a collection has changed; collections are named after the municipality's slug."""
    owners = Municipality.objects.filter(slug=name)
    if owners.exists():
        raise_of(owners)
    else:
        raise_library()


def _of_row(instance: ConnectionRow | Fact, **_kwargs: Any) -> None:
    raise_of(Municipality.objects.filter(id=instance.municipality_id))


def _of_municipality(instance: Municipality, **_kwargs: Any) -> None:
    raise_of(Municipality.objects.filter(id=instance.id))


def _of_redirect(instance: Redirect, **_kwargs: Any) -> None:
    if instance.site_id:
        raise_of(Municipality.objects.filter(site_id=instance.site_id))
    else:
        raise_library()


def _of_file(instance: Any, **_kwargs: Any) -> None:
    raise_for_collection(instance.collection.name)


def _of_choice(instance: Any, **_kwargs: Any) -> None:
    raise_of(Municipality.objects.filter(id=instance.home.municipality_id))


def _of_synonym(instance: Any, **_kwargs: Any) -> None:
    if instance.municipality_id:
        raise_of(Municipality.objects.filter(id=instance.municipality_id))
    else:
        raise_library()


def _of_law(**_kwargs: Any) -> None:
    """What the law asks for stands at the foot of each page, also where a municipality chose what does."""
    raise_library()


def _of_page(instance: Page, **_kwargs: Any) -> None:
    raise_for(instance.path)


def _of_moved_page(instance: Page, parent_page_before: Page, **_kwargs: Any) -> None:
    raise_for(instance.path)
    raise_for(parent_page_before.path)
    for moved in instance.get_descendants(inclusive=True).live().specific():
        put(moved)


def listen() -> None:
    """Called once all models are there."""
    from .models import ContentPage, FilledIn, LeftOut, Picture, Required, Synonym

    changes: list[tuple[type[Model], Any]] = [
        (Fact, _of_row),
        (ConnectionRow, _of_row),
        (Redirect, _of_redirect),
        (Picture, _of_file),
        (get_document_model(), _of_file),
        (LeftOut, _of_choice),
        (FilledIn, _of_choice),
        (Required, _of_law),
        (Synonym, _of_synonym),
    ]
    for model, raises in changes:
        post_save.connect(raises, sender=model, dispatch_uid=f"raise-saved-{model.__name__}")
        post_delete.connect(raises, sender=model, dispatch_uid=f"raise-deleted-{model.__name__}")
    post_save.connect(_of_municipality, sender=Municipality, dispatch_uid="raise-municipality")
    post_delete.connect(_of_page, sender=ContentPage, dispatch_uid="raise-deleted-page")
    post_page_move.connect(_of_moved_page, dispatch_uid="raise-moved-page")
