"""Acting for another: only by a mandate that the provider names, as far as it goes; that other sees it."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver

from demo.content.mandates import LOOKING, SCOPE, SERVICES, SHARING
from demo.content.residents import HELGA, KEES, MEETINA
from portal.accounts import sessions
from portal.accounts.level import Level
from portal.accounts.mandates import NoMandate, Reach, Represented, represented
from portal.accounts.middleware import COOKIE
from portal.accounts.models import Resident, ResidentSession
from portal.accounts.residents import known_resident
from portal.accounts.standing import Standing
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.usage.models import Use

from .asking import comes_back, forge_for
from .browser import Browser
from .conftest import Identity, Site, connect_provider, sessions_of, signs_in
from .rogue import Rogue

ACTOR, OTHER = BSN(KEES.bsn), BSN(MEETINA.bsn)
MANDATES = {
    "representee_bsn_claim_path": ["representee_bsn"],
    "mandate_services": dict(SERVICES),
    "mandate_request": {"scope": f"openid profile {SCOPE}"},
}


def said(**other: Any) -> dict[str, Any]:
    right = {
        "representee_bsn": MEETINA.bsn,
        "representee_name": MEETINA.name,
        "mandate_service_id": SHARING,
    }
    return {name: value for name, value in {**right, **other}.items() if value is not ...}


class TestWhatTheProviderSays:
    def test_it_names_the_other_and_how_far_the_mandate_goes(self) -> None:
        assert represented(said(), MANDATES, ACTOR) == Represented(OTHER, MEETINA.name, Reach.SHARE)
        looking = said(mandate_service_id=LOOKING, representee_name=...)
        assert represented(looking, MANDATES, ACTOR) == Represented(OTHER, "", Reach.LOOK)

    def test_who_comes_for_themselves_acts_for_nobody(self) -> None:
        assert represented(said(representee_bsn=...), MANDATES, ACTOR) is None
        assert represented(said(representee_bsn=None), MANDATES, ACTOR) is None

    @pytest.mark.parametrize(
        "claims",
        [
            said(mandate_service_id=...), said(mandate_service_id="another"), said(mandate_service_id=None),
            said(mandate_service_id=[SHARING]), said(mandate_service_id={"a": 1}),
            said(representee_bsn=""), said(representee_bsn=int(MEETINA.bsn)),
            said(representee_bsn="999990021"),
            said(representee_bsn=[MEETINA.bsn]), said(representee_bsn=KEES.bsn),
        ],
    )  # fmt: skip
    def test_anything_else_opens_nothing(self, claims: dict[str, Any]) -> None:
        with pytest.raises(NoMandate):
            represented(claims, MANDATES, ACTOR)

    def test_without_services_nobody_acts_for_another(self) -> None:
        with pytest.raises(NoMandate):
            represented(said(), {"representee_bsn_claim_path": ["representee_bsn"]}, ACTOR)


@pytest.fixture
def town_of_mandates(
    site: Site, identity: Identity, veldrecht: Municipality, at_the_door: list[Standing]
) -> Site:
    connect_provider(veldrecht, identity.url, "mijn-veldrecht", **MANDATES)
    identity.knows(**{"mijn-veldrecht": site.client("veldrecht.localhost", "Gemeente Veldrecht")})
    return site


def comes_for_meetina(visitor: Browser, site: Site) -> Any:
    page = visitor.get(site.url("/mijn/", "veldrecht.localhost"))
    people = visitor.submit(page, 1)
    return visitor.submit(
        people, person="kees-de-hoop-voor-meetina-geerdina-kierkegaard", level="substantieel"
    )


def test_somebody_comes_in_for_another_and_both_names_stand_there(
    town_of_mandates: Site, visitor: Browser, veldrecht: Municipality
) -> None:
    page = comes_for_meetina(visitor, town_of_mandates)

    assert page.status_code == 200
    assert KEES.name in page.text
    assert f"U regelt dit voor <strong>{MEETINA.name}</strong>" in page.text
    assert f"Dan bedoelen wij die van <bdi>{MEETINA.name}</bdi>." in page.text  # every page says “uw”
    with acting_for(veldrecht), transaction.atomic():
        row = ResidentSession.objects.get()
        assert (row.actor_id, row.subject_id) == (known_resident(ACTOR), known_resident(OTHER))
        assert row.mandate == Reach.SHARE
        assert {one.visited for one in Resident.objects.all()} == {None}  # it is no visit of hers
        (seen,) = Use.objects.filter(subject_id=row.subject_id)
        assert seen.who == "Iemand die dit voor u mag doen"
        assert not Use.objects.exclude(subject_id=row.subject_id).exists()


def test_the_same_people_by_themselves_are_themselves(
    town_of_mandates: Site, visitor: Browser, veldrecht: Municipality
) -> None:
    page = signs_in(visitor, town_of_mandates, "kees-de-hoop", host="veldrecht.localhost")

    assert "U regelt dit voor" not in page.text
    with acting_for(veldrecht), transaction.atomic():
        row = ResidentSession.objects.get()
        assert row.actor_id == row.subject_id == known_resident(ACTOR)
        assert not Use.objects.exists()


def test_where_no_mandate_is_known_nothing_is_offered(town: Site, visitor: Browser) -> None:
    assert "Inloggen voor iemand anders" not in visitor.get(town.url()).text


@pytest.mark.parametrize(
    ("own", "theirs", "status"),
    [
        (Standing.OK, Standing.OK, 200),
        (Standing.OK, Standing.MINOR, 200),
        (Standing.OK, Standing.CURATELE, 200),
        (Standing.NOT_RESIDENT, Standing.OK, 200),
        (Standing.MOVED_AWAY, Standing.OK, 200),
        (Standing.MINOR, Standing.OK, 403),
        (Standing.CURATELE, Standing.OK, 403),
        (Standing.DECEASED, Standing.OK, 403),
        (Standing.DEPENDENT_ELSEWHERE, Standing.OK, 403),
        (Standing.OK, Standing.DEPENDENT_ELSEWHERE, 403),
        (Standing.UNKNOWN, Standing.OK, 503),
        (Standing.SILENT, Standing.OK, 503),
        (Standing.OK, Standing.DECEASED, 403),
        (Standing.OK, Standing.NOT_RESIDENT, 403),
        (Standing.OK, Standing.MOVED_AWAY, 403),
        (Standing.OK, Standing.UNKNOWN, 503),
        (Standing.OK, Standing.SILENT, 503),
    ],
)
def test_both_are_looked_at_at_the_door(
    town_of_mandates: Site,
    visitor: Browser,
    veldrecht: Municipality,
    monkeypatch: pytest.MonkeyPatch,
    own: Standing,
    theirs: Standing,
    status: int,
) -> None:
    says = {ACTOR: own, OTHER: theirs}
    monkeypatch.setattr("portal.accounts.standing._checks", [says.__getitem__])

    assert comes_for_meetina(visitor, town_of_mandates).status_code == status
    assert sessions_of(veldrecht) == (status == 200)


@pytest.mark.parametrize(
    "claims",
    [{"mandate_service_id": "another"}, {"representee_bsn": HELGA.bsn}, {"representee_bsn": "niemand"}],
)
def test_a_token_with_a_mandate_that_does_not_fit_signs_nobody_in(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality, claims: dict[str, str]
) -> None:
    connect_provider(zandmeer, rogue.url, "mijn-zandmeer", **MANDATES)
    forge, state = forge_for(visitor, site, rogue)

    page = comes_back(visitor, site, rogue, state, forge.token(**said(**claims)))

    assert page.status_code == 403
    assert "machtiging geldt niet" in page.text
    assert sessions_of(zandmeer) == 0


def test_a_session_for_another_without_a_mandate_cannot_be_written(in_veldrecht: Municipality) -> None:
    session, _token = sessions.begin(ACTOR, "Kees", Level.SUBSTANTIEEL, uuid4(), "sub", "")
    other = sessions.resident_of(OTHER)
    for wrong in ({"subject": other}, {"mandate": Reach.SHARE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResidentSession.objects.filter(id=session.id).update(**wrong)


def test_signing_out_ends_what_was_for_another_too(in_veldrecht: Municipality) -> None:
    for represents in (None, Represented(OTHER, MEETINA.name, Reach.LOOK)):
        session, _token = sessions.begin(ACTOR, "Kees", Level.BASIS, uuid4(), "sub", "", represents)

    sessions.end_all(session.actor)

    assert not ResidentSession.objects.exists()


@pytest.fixture
def in_veldrecht(veldrecht: Municipality, db: None) -> Iterator[Municipality]:
    with acting_for(veldrecht):
        yield veldrecht


OPEN = {
    "mijn:overview", "mijn:part", "mijn:zaken:cases", "mijn:zaken:running", "mijn:zaken:case",
    "mijn:zaken:document", "mijn:zaken:calendar", "mijn:taken:tasks", "mijn:taken:task",
    "mijn:berichten:messages", "mijn:berichten:message", "mijn:berichten:attachment", "usage:timeline",
    "sharing:overview", "sharing:asked", "sharing:explain", "sharing:nothing_shared", "sharing:receipt",
    "sharing:receipt_file", "sharing:proof_check", "sharing:proof_file", "sharing:stopped",
}  # fmt: skip
"""What a mandate to look opens; whatever else is there, or will be, stays closed."""
ONLY_TO_SEE = {"mijn:taken:task"}
"""What takes a form from the person themselves only, however far a mandate goes."""
OWN = {"accounts:stay", "accounts:session_state", "accounts:signed_out", "accounts:sign_out"}
"""The session's own, which somebody who acts for another has too."""
NOBODY_S = {"accounts:sign_in", "accounts:back", "accounts:back_channel"}
SHARING_STEPS = {
    "sharing:choice", "sharing:wallet", "sharing:stand", "sharing:back_from_app", "sharing:typing",
    "sharing:check", "sharing:refuse", "sharing:refused", "sharing:stop",
}  # fmt: skip
"""What a mandate to share opens besides."""


def pages_of_mijn() -> Iterator[tuple[str, str]]:
    """Each address of Mijn by its name, with ids that are nobody's."""

    def walk(patterns: list[Any], names: str, path: str) -> Iterator[tuple[str, str]]:
        for one in patterns:
            address = path + ("" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern))
            if isinstance(one, URLResolver):
                inside = f"{names}{one.namespace}:" if one.namespace else names
                yield from walk(one.url_patterns, inside, address)
            elif isinstance(one, URLPattern) and address.startswith("mijn/") and one.name:
                with_ids = re.sub(r"<uuid:\w+>", str(uuid4()), address)
                yield names + one.name, "/" + re.sub(r"<slug:\w+>", "iets", with_ids)

    return walk(get_resolver().url_patterns, "", "")


@pytest.mark.parametrize("reach", list(Reach))
def test_a_page_is_closed_to_them_unless_it_says_otherwise(
    veldrecht: Municipality, db: None, reach: Reach
) -> None:
    with acting_for(veldrecht), transaction.atomic():
        whom = Represented(OTHER, MEETINA.name, reach)
        _session, token = sessions.begin(ACTOR, "Kees", Level.HOOG, uuid4(), "sub", "", whom)
    may = OPEN | OWN | NOBODY_S | (SHARING_STEPS if reach is Reach.SHARE else set())
    seen = set()
    for name, address in pages_of_mijn():
        browser = Client(headers={"host": veldrecht.host})
        browser.cookies[COOKIE] = token
        for ask in (browser.get, browser.post):
            if name in OWN | NOBODY_S:
                continue
            answer = ask(address)
            closed = answer.status_code == 403 and "Dit doet iemand zelf" in answer.content.decode()
            assert closed or answer.status_code == 405 or name in may, (name, answer.status_code)
            sends = ask == browser.post
            if sends and (reach is Reach.LOOK or name in ONLY_TO_SEE):
                assert closed or answer.status_code == 405, (name, answer.status_code)
            else:
                assert not closed or name not in may, name
        seen.add(name)
    assert seen >= may
    assert len(seen) > 60
