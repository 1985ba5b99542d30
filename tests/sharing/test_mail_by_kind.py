"""Mail only about what was ticked (Awb 2:8): nothing beforehand, each group apart, the rest by post."""

import re
from collections import Counter
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from demo.content.purposes import message_by_email
from demo.content.purposes.digitaal_bericht import ABOUT
from portal.municipalities.acting import acting_for
from portal.notices.kinds import Kind
from portal.notices.models import Letter, Notice, State
from portal.notices.sending import send_due
from portal.notices.telling import tell
from portal.sharing import messages, purposes, use
from portal.sharing.models import Consumer, Grant, Restore
from portal.sharing.purposes.checks import errors
from portal.usage.models import Use

from .browser import Browser
from .conftest import HELGA, gives, new_session

CONTENT = message_by_email("Zandmeer", "(0999) 12 34 56")
TO_TICK = ("with_mail_questions", "with_mail_cases", "with_mail_sharing")
ADDRESS = "helga@voorbeeld.example"


@pytest.fixture
def helga_at(offering) -> Browser:
    with acting_for(offering), transaction.atomic():
        purposes.publish("digitaal-bericht", CONTENT)
    return Browser(offering, HELGA)


def types(helga: Browser, *ticked: str) -> Browser:
    """From the choice to the receipt, with the code from the mail."""
    helga.presses("Verder", way="typed", **dict.fromkeys(ticked, "on"))
    helga.presses("Stuur mij de code", email=ADDRESS)
    code = re.search(r"\b(\d{6})\b", str(mail.outbox[-1].body))
    assert code
    return helga.presses("Ja, delen", code_email=code[1])


def test_each_kind_is_ticked_with_one_group_and_the_text_keeps_the_rules():
    assert Counter(kind for kinds in ABOUT.values() for kind in kinds) == dict.fromkeys(Kind, 1)
    assert not errors(CONTENT)
    assert "sms" not in str(CONTENT).lower()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_ticked_beforehand_and_a_yes_without_a_tick_is_none(helga_at):
    helga_at.goes("/mijn/delen/starten/digitaal-bericht/").presses("Verder")
    form, _adds = helga_at.page.form_with("Verder")
    assert not set(TO_TICK) & set(form.fields)
    helga_at.presses("Verder", way="typed")
    assert helga_at.status == 422
    assert "Zet minstens één vinkje." in helga_at.text


@pytest.mark.django_db(transaction=True)
def test_what_was_ticked_goes_by_mail_and_the_rest_by_post_until_it_is_changed(helga_at, offering):
    helga_at.goes("/mijn/delen/starten/digitaal-bericht/").presses("Verder")
    types(helga_at, "with_mail_cases")
    assert "Wat E-mailadres, Mail over uw zaken" in helga_at.text
    assert _by_mail(offering) == {Kind.CASE}
    helga_at.goes("/mijn/delen/").follows("Verleng of verander")
    assert "Nee, laat het zoals het is" in [
        label for form in helga_at.page.forms for label, _ in form.buttons
    ]
    helga_at.presses("Verder")
    assert "Dit deelt u nu: E-mailadres, Mail over uw zaken ." in helga_at.text
    helga_at.presses("Verder", with_mail_questions="on")  # what is shared already is preselected
    assert helga_at.status == 200
    assert "Mail als wij u iets vragen, of uw vraag beantwoorden Ja" in helga_at.text
    assert "Dit deelt u straks niet meer: Mail over uw zaken ." in helga_at.text
    helga_at.presses("Ja, delen")
    with acting_for(offering), transaction.atomic():
        newest = Grant.objects.get(withdrawn=None)
        assert newest.chosen == ["email", "mail_questions"]
    assert _by_mail(offering) == set(ABOUT["mail_questions"])
    # Also where its proof no longer counts, so that it cannot be given once more.
    with acting_for(offering), transaction.atomic():
        purposes.publish("digitaal-bericht", CONTENT | {"max_age_days": 0})
    helga_at.goes("/mijn/delen/starten/digitaal-bericht/").presses("Verder")
    assert "Zoals het nu al gedeeld wordt." not in helga_at.text
    assert "Dit deelt u nu: E-mailadres, Mail als wij u iets vragen" in helga_at.text
    assert "Nee, niet delen" not in helga_at.page.html
    assert "Vervangen op" in helga_at.goes("/mijn/delen/").text.split("Gestopt")[1]
    helga_at.goes("/mijn/delen/").follows("Stop met delen")
    assert "Dit vernietigen wij meteen E-mailadres Wie het ook moet wissen" in helga_at.text


def _by_mail(place) -> set[Kind]:
    """Of one notice of each kind, which go by mail."""
    with acting_for(place), transaction.atomic():
        Letter.objects.all().delete()
        Notice.objects.all().delete()
        subject = Grant.objects.get(withdrawn=None).subject_id
        for kind in Kind:
            tell(subject, kind)
    while send_due(place):
        pass
    with acting_for(place), transaction.atomic():
        return {Kind(one) for one in Notice.objects.filter(state=State.SENT).values_list("kind", flat=True)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("why", ["restored", "recalled", "asked anew", "blocked"])
def test_where_no_reading_is_allowed_the_address_for_mail_is_not_read_either(offering, desk_at, why):
    """What a consumer may not read now, the sending of messages may not read either: then a letter goes."""
    with acting_for(offering), transaction.atomic():
        session = new_session()
        grant = gives(session)
        assert messages.mail_address(session.subject, Kind.STOPPED, uuid4()) == ADDRESS
        if why == "restored":
            Restore.objects.create(municipality=offering, found=timezone.now(), why="backup")
        elif why == "recalled":
            purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
        elif why == "asked anew":
            purposes.publish("digitaal-bericht", grant.version.content | {"substantial": True})
        else:
            Consumer.objects.filter(id=grant.consumer_id).update(blocked=timezone.now())
        with pytest.raises((use.NoLongerShared, use.NotAfterRestore)):
            use.read(grant.consumer, grant.id)
        assert messages.mail_address(session.subject, Kind.STOPPED, uuid4()) is None
        assert Use.objects.count() == 1
