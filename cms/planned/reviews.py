"""Which pages are to be looked at again, and telling their editors by mail: once for each page and day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import GroupPagePermission, Page

from cms.models import ContentPage, Told
from cms.trees import ROOT_DEPTH


def to_review(today: date) -> dict[Page, list[ContentPage]]:
    """By the root of their tree, the published pages whose day came and nobody was told of. Two queries."""
    told = Told.objects.filter(page=OuterRef("pk"), day=OuterRef("review_on"))
    pages = ContentPage.objects.filter(~Exists(told), live=True, review_on__lte=today)
    due = list(pages.order_by("review_on", "path"))
    roots = Page.objects.filter(depth=ROOT_DEPTH)
    return {
        root: mine for root in roots if (mine := [page for page in due if page.path.startswith(root.path)])
    }


def tell(today: date) -> int:
    """One mail to the editors of each tree that has something to look at; answers how many were sent.

    A page counts as told only after its mail went: a mail server that is down means the next day.
    """
    sent = 0
    for root, pages in to_review(today).items():
        to = [user.email for user in _editors(root)]
        if not to:
            continue
        _mail(root, pages, to).send()
        sent += 1
        for page in pages:
            Told.objects.update_or_create(page_id=page.pk, defaults={"day": page.review_on or today})
    return sent


def _editors(root: Page) -> list[Any]:
    groups = GroupPagePermission.objects.filter(page=root).values("group_id")
    users = get_user_model().objects.filter(groups__in=groups, is_active=True).exclude(email="")
    return list(users.distinct().order_by("email"))


def _mail(root: Page, pages: list[ContentPage], to: list[str]) -> EmailMessage:
    """Names of pages and where to change them; each editor sees no other's address."""
    subject = ngettext(
        "%(number)s pagina van %(name)s opnieuw nakijken",
        "%(number)s pagina’s van %(name)s opnieuw nakijken",
        len(pages),
    ) % {"number": len(pages), "name": root.title}
    lines = [f"- {page.title}: {settings.WAGTAILADMIN_BASE_URL}{_edit(page)}" for page in pages]
    begin = _("Deze pagina’s zou u nu opnieuw nakijken:")
    end = _("Klopt een pagina nog? Kies dan een nieuwe dag bij “Opnieuw nakijken op”, en publiceer haar.")
    return EmailMessage(subject, "\n".join([begin, "", *lines, "", end]), bcc=to)


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk], urlconf="cms.urls")
