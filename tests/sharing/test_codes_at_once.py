"""Typing in two tabs, and clicking twice: who comes second is led on, and never told what is not so."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.sharing import acts, codes, purposes
from portal.sharing.states import NotNow

from .conftest import says_yes

pytestmark = pytest.mark.django_db
TYPED = {"email": "helga@voorbeeld.example"}


def begun(session):
    """A sharing at the typed way, with its purpose."""
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(session, version)
    acts.choose(session, sharing.id, [])
    return sharing, version


def sent(session, sharing, version):
    """Ask a code; gives the disclosure and the code."""
    disclosure = acts.ask(session, sharing.id, "typed")
    codes.send(disclosure, version, TYPED, timezone.now() + timedelta(minutes=15))
    return disclosure, re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def test_a_click_that_comes_second_is_not_told_that_nothing_was_shared(helga, desk):
    sharing, version = begun(helga)
    disclosure, code = sent(helga, sharing, version)
    codes.confirm(disclosure, {"email": code})
    with pytest.raises(NotNow):
        codes.confirm(disclosure, {"email": code})
    says_yes(helga, sharing.id)
    with pytest.raises(NotNow):
        codes.confirm(disclosure, {"email": code})


def test_a_code_for_a_tab_that_was_overtaken_is_not_sent(helga, desk):
    sharing, version = begun(helga)
    overtaken = acts.ask(helga, sharing.id, "typed")
    acts.ask(helga, sharing.id, "typed")
    with pytest.raises(NotNow):
        codes.send(overtaken, version, TYPED, timezone.now() + timedelta(minutes=15))
    assert mail.outbox == []


def test_a_code_that_was_wrong_too_often_counts_no_more(helga, desk):
    sharing, version = begun(helga)
    disclosure, code = sent(helga, sharing, version)
    wrong = {"email": f"{(int(code) + 1) % 10**6:06}"}
    for _ in range(codes.WRONG_CODES - 1):
        with pytest.raises(codes.WrongCode):
            codes.confirm(disclosure, wrong)
    for tried in (wrong, {"email": code}):
        with pytest.raises(codes.TooManyWrongCodes):
            codes.confirm(disclosure, tried)
