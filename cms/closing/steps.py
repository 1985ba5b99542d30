"""The two steps of closing, and what an operator is told before either."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from cms.files import File, Picture
from cms.local import own_tree
from portal.accounts import sessions
from portal.accounts.models import ResidentSession
from portal.applications.models import Application
from portal.municipalities import closing, keys
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.notices import letters, sending
from portal.notices.models import Letter, Notice
from portal.notices.models import State as NoticeState
from portal.registers.zaken.models import HeardOf
from portal.sharing import closing as sharing
from portal.sharing import requests
from portal.sharing.models import Consumer, Grant, Request
from portal.uploads.models import Upload
from portal.uploads.states import UNDER_WAY
from portal.usage.models import LdvLine

from .export import empty_folder, export

BY = "beheer"
WHY = "De gemeente {name} sluit deze site. Daarom stopt alles wat u via deze site deelt."
"""What residents are told of the recall; kept with it, as what an officer types is."""


class CannotYet(Exception):
    """The keys stay, since something is not done; says what."""


def plan(municipality: Municipality) -> dict[str, int]:
    """What closing is about, in words for operators."""
    with acting_for(municipality), transaction.atomic():
        return {
            "own pages": Page.objects.filter(own_tree()).count(),
            "images": Picture.objects.filter(collection__name=municipality.slug).count(),
            "documents": File.objects.filter(collection__name=municipality.slug).count(),
            "grants that run": Grant.objects.filter(values__isnull=False).count(),
            "open questions of consumers": Request.objects.filter(
                state__in=requests.OPEN, told_over=False
            ).count(),
            "consumers": Consumer.objects.count(),
            "residents signed in": ResidentSession.objects.count(),
            "applications not sent, which end": Application.objects.filter(state=Application.DRAFT).count(),
            "messages to consumers that were given up": sharing.given_up(),
        }


def owed(municipality: Municipality) -> dict[str, int]:
    """What must still happen before the keys may go; empty when nothing must."""
    with acting_for(municipality), transaction.atomic():
        log_of_uses = bool(settings.LDV_URL or settings.LDV_FILE)  # without one the lines wait for ever
        found = {
            **sharing.owed(),
            "notices to send": Notice.objects.filter(state=NoticeState.QUEUED).count(),
            "letters to post": Letter.objects.exclude(state=Letter.SENT).count(),
            "uses to log": LdvLine.objects.filter(confirmed=None).count() if log_of_uses else 0,
            "applications to file": Application.objects.filter(state=Application.SENT).count(),
            "documents to hand on": Upload.objects.filter(state__in=UNDER_WAY).count(),
            "news about cases to look at": HeardOf.objects.filter(done=None).count(),
        }
    return {what: number for what, number in found.items() if number}


def close(municipality: Municipality, folder: Path, heir: str, at: datetime, why: str = "") -> None:
    """Step one. Repeated, it goes on where it was stopped. Raises FolderInUse before anything is done."""
    empty_folder(folder)
    closing.shut(municipality, heir, at)
    with acting_for(municipality):
        with transaction.atomic():
            sessions.end_everyone()
            letters.put_back_at_counter()
        sharing.stop_all(BY, why or WHY.format(name=municipality.name), at)
        with transaction.atomic():
            sending.drop_unwanted(at)
    export(municipality, folder)


def destroy(municipality: Municipality, folder: Path, at: datetime) -> int:
    """Step two: the last head, the last export, and the end of all keys; gives how many were destroyed.

    Raises FolderInUse, CannotYet. A stop halfway leaves the keys, and it is done anew.
    """
    empty_folder(folder)
    with acting_for(municipality), transaction.atomic():
        sending.drop_unwanted(at)
    _refuse_while_owed(municipality)
    try:
        with acting_for(municipality):
            last = sharing.sign_the_last_head(at)
            export(municipality, folder)
            with transaction.atomic():
                # Locked first: who makes a key looks at this row, and finds that there is to be none.
                Municipality.objects.select_for_update().get(id=municipality.id)
                gone = sharing.destroy_grant_keys(last)
                _refuse_while_owed(municipality)
                sessions.end_everyone()
                gone += keys.destroy_all()
                Municipality.objects.filter(id=municipality.id).update(keys_destroyed=at)
    except sharing.NotYet as why:
        raise CannotYet(str(why)) from None
    municipality.refresh_from_db(fields=["keys_destroyed"])
    return gone


def _refuse_while_owed(municipality: Municipality) -> None:
    if left := owed(municipality):
        raise CannotYet("still owed: " + ", ".join(f"{number} {what}" for what, number in left.items()))
