"""A page of the library in another language: a draft that begins as the text it is translated from.

It belongs to that text by its key, and stands below the translation of the page above it where there is one.
Nothing follows by itself: the two are written by people, and each is published when it is good.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.models import ContentPage, LibraryRoot
from cms.trees import languages


def versions_of(page: Page) -> Mapping[str, Page | None]:
    """The page in each language of the installation, published or not; None where there is none."""
    there = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
    found = {one.locale.language_code: one for one in there}
    return {code: found.get(code) for code in languages()}


@transaction.atomic
def translate(page: Page, language: str, user: Any) -> Page:
    """The draft in that language, or the page that is there. Raises LibraryRoot.DoesNotExist."""
    root = LibraryRoot.objects.select_for_update().get(locale__language_code=language)
    if there := Page.objects.filter(translation_key=page.translation_key, locale=root.locale).first():
        return there
    original = page.specific
    above = page.get_parent()
    parent = ContentPage.objects.filter(translation_key=above.translation_key, locale=root.locale).first()
    below = Page.objects.get(pk=parent.pk if parent else root.pk)
    slug = _free(below, original.slug)
    draft: Page = original.copy(
        recursive=False,
        to=below,
        keep_live=False,
        copy_revisions=False,
        reset_translation_key=False,
        update_attrs={
            "locale": root.locale,
            "slug": slug,
            "url_path": f"{below.url_path}{slug}/",
            "checked_on": None,
        },
        user=user,
    )
    draft.save_revision(user=user, clean=False)
    return draft


def _free(parent: Page, slug: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
