"""What a mail or letter says: the kind, whether something is asked, by which day; nothing of the resident."""

import re
from datetime import date
from itertools import product

import pytest
from django.conf import settings
from django.core import mail

from portal.notices import wording
from portal.notices.kinds import Kind
from portal.notices.sending import send_due
from portal.notices.telling import tell
from portal.sharing.models import Grant, PurposeVersion
from tests.sharing.conftest import gives

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
EVERY = list(product(Kind, LANGUAGES, [None, date(2027, 1, 8)]))


def secrets_of(grant: Grant) -> set[str]:
    """What stands in the portal of this resident and what is shared, and must stand in no mail."""
    words = {"Helga", "Huisman", "999970458", "helga", "voorbeeld.example", "+31612345678", "612345678"}
    for version in PurposeVersion.objects.all():
        for texts in version.content["texts"].values():
            words |= {
                texts["title"],
                texts["who"],
                texts["what_for"],
                texts["law"],
                *texts["labels"].values(),
            }
    return words | {
        "maatje",
        "buddy",
        "Team Dienstverlening",
        "Balie van",
        str(grant.id),
        str(grant.subject_id),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_of_any_kind_holds_a_name_an_address_a_purpose_or_a_consumer(
    desk, helga, in_zandmeer, language, monkeypatch
):
    from portal.notices import known

    grant = gives(helga)
    send_due(in_zandmeer)
    mail.outbox.clear()
    monkeypatch.setattr(known, "language", lambda _subject: language)
    for kind in Kind:
        tell(helga.subject, kind, date(2027, 1, 8))
    while send_due(in_zandmeer):
        pass
    assert len(mail.outbox) == len(Kind)
    canaries = secrets_of(grant)
    for one in mail.outbox:
        said = one.message()
        del said["To"]
        whole = f"{said.as_string()}\n{one.subject}\n{one.body}".lower()
        assert [word for word in canaries if word.lower() in whole] == []


def test_every_notice_names_the_municipality_the_kind_and_whether_something_is_asked(in_zandmeer):
    for kind, language, day in EVERY:
        for words in (wording.of_mail(kind, day, language), wording.of_letter(kind, day, language)):
            assert "Zandmeer" in words.subject
            assert "Zandmeer" in words.text
            assert ("2027" in words.text) is bool(day)
            assert "(0999) 12 34 56" in words.text
            assert "Gemeentehuis, Plein 1" in words.text


def test_the_only_link_is_to_the_front_page(in_zandmeer):
    front = re.compile(r"http://zandmeer\.localhost(:\d+)?(/en)?(/mijn)?/")
    for kind, language, day in EVERY:
        for words in (wording.of_mail(kind, day, language), wording.of_letter(kind, day, language)):
            (link,) = re.findall(r"https?://\S+", words.text)
            assert front.fullmatch(link)


def test_sentences_of_a_mail_are_short(in_zandmeer):
    for kind in Kind:
        text = wording.of_mail(kind, date(2027, 1, 8), "nl").text
        for sentence in text.replace("\n", " ").split(". "):
            assert len(sentence.split()) <= 15, sentence
