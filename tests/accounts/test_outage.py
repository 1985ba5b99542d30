"""While the BRP gives no answer: whom it let in a short while ago comes in, and nobody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.registers.serving import Asked, Register, Reply
from portal.accounts import door, standing
from portal.accounts.level import Level
from portal.accounts.mandates import Reach, Represented
from portal.accounts.models import Resident
from portal.accounts.provider import Identity as Who
from portal.accounts.residents import known_resident, resident_of
from portal.accounts.standing import REFUSALS, Standing
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.municipalities.models import ConnectionRow, Municipality, TenantModel
from portal.registers import caller
from tests.conftest import Clock
from tests.registers.conftest import brp_connection, brp_register

from .browser import Browser
from .conftest import Identity, Site, connect_provider, sessions_of, signs_in
from .test_door import town_with_brp

__all__ = ["brp_register", "town_with_brp"]
HELGA = "999970458"
NOT_NOW = "Inloggen lukt nu niet"
SILENT = ["500", "hang", "401"]
"""Some of what says nothing of anybody; for the others see `tests/registers/test_sign_in.py`."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caller, "LIMIT", 0.5)


@pytest.fixture
def helga_was_here(town_with_brp: Site, visitor: Browser, zandmeer: Municipality) -> Site:
    """The BRP let her in just now; she left."""
    leaves(visitor, town_with_brp, signs_in(visitor, town_with_brp))
    return town_with_brp


def leaves(visitor: Browser, site: Site, page: Any) -> None:
    visitor.post_form(page, "/mijn/uitloggen/")
    assert "/inloggen/" in str(visitor.get(site.url()).url)


def ago(municipality: Municipality, **much: float) -> None:
    """The BRP let everybody in that long ago."""
    with acting_for(municipality), transaction.atomic():
        Resident.objects.filter(let_in__isnull=False).update(let_in=timezone.now() - timedelta(**much))


def moments(municipality: Municipality) -> list[Any]:
    with acting_for(municipality), transaction.atomic():
        return list(Resident.objects.values_list("let_in", flat=True))


def answers(register: Register, monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    """The BRP says something else of whoever is asked about."""
    honest = register.respond

    def respond(asked: Asked) -> Reply:
        reply = honest(asked)
        reply.body["personen"][0].update(changed)
        return reply

    monkeypatch.setattr(register, "respond", respond)


@pytest.mark.parametrize("fault", SILENT)
def test_whom_the_brp_let_in_lately_comes_in_while_it_gives_no_answer(
    helga_was_here: Site, visitor: Browser, brp_register: Register, fault: str
) -> None:
    brp_register.misbehave(fault)

    page = signs_in(visitor, helga_was_here)

    assert page.status_code == 200
    assert "Mijn Zandmeer" in page.text
    assert "Uw gegevens zijn nu niet te zien." in page.text


@pytest.mark.parametrize("fault", SILENT)
def test_whom_it_did_not_let_in_lately_waits_whatever_is_wrong(
    town_with_brp: Site, visitor: Browser, zandmeer: Municipality, brp_register: Register, fault: str
) -> None:
    brp_register.misbehave(fault)

    page = signs_in(visitor, town_with_brp)

    assert page.status_code == 503
    assert NOT_NOW in page.text
    assert "(0999) 12 34 56" in page.text
    assert (sessions_of(zandmeer), moments(zandmeer)) == (0, [])


def test_nobody_is_waited_for_while_the_breaker_is_open(
    helga_was_here: Site, visitor: Browser, other_visitor: Browser, brp_register: Register
) -> None:
    brp_register.misbehave("hang")
    signs_in(other_visitor, helga_was_here, "ayse-bilgic")
    asked = len(brp_register.calls)

    assert signs_in(visitor, helga_was_here).status_code == 200
    assert len(brp_register.calls) == asked


def test_where_nobody_listens_she_comes_in_too(
    helga_was_here: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    with acting_for(zandmeer), transaction.atomic():
        ConnectionRow.objects.filter(kind="brp").update(base_url="http://127.0.0.1:9/")

    assert signs_in(visitor, helga_was_here).status_code == 200


def test_an_answer_that_we_cannot_make_out_may_be_a_refusal(
    helga_was_here: Site, visitor: Browser, brp_register: Register
) -> None:
    brp_register.misbehave("schema")

    page = signs_in(visitor, helga_was_here)

    assert (page.status_code, NOT_NOW in page.text) == (503, True)


def test_a_refusal_wins_and_no_earlier_word_counts_after_it(
    helga_was_here: Site,
    visitor: Browser,
    zandmeer: Municipality,
    brp_register: Register,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as since:
        answers(brp_register, since, indicatieCurateleRegister=True)
        assert "curator" in signs_in(visitor, helga_was_here).text
    assert moments(zandmeer) == [None]
    brp_register.misbehave("500")

    page = signs_in(visitor, helga_was_here)

    assert (page.status_code, NOT_NOW in page.text) == (503, True)
    assert sessions_of(zandmeer) == 0


@pytest.mark.parametrize(("days", "status"), [(29.9, 200), (30.1, 503), (31, 503)])
def test_the_word_counts_for_thirty_days(
    helga_was_here: Site,
    visitor: Browser,
    zandmeer: Municipality,
    brp_register: Register,
    days: float,
    status: int,
) -> None:
    ago(zandmeer, days=days)
    brp_register.misbehave("500")

    assert signs_in(visitor, helga_was_here).status_code == status


def test_coming_in_on_an_earlier_word_does_not_make_it_younger(
    helga_was_here: Site, visitor: Browser, zandmeer: Municipality, brp_register: Register
) -> None:
    ago(zandmeer, days=20)
    before = moments(zandmeer)
    brp_register.misbehave("500")
    leaves(visitor, helga_was_here, signs_in(visitor, helga_was_here))

    assert moments(zandmeer) == before


def test_somebody_else_is_not_let_in_by_it(
    helga_was_here: Site, visitor: Browser, brp_register: Register
) -> None:
    brp_register.misbehave("500")

    assert signs_in(visitor, helga_was_here, "ayse-bilgic").status_code == 503


def test_nor_is_she_in_another_municipality(
    helga_was_here: Site,
    visitor: Browser,
    veldrecht: Municipality,
    identity: Identity,
    brp_register: Register,
) -> None:
    connect_provider(veldrecht, identity.url, "mijn-veldrecht")
    hosts = {"mijn-zandmeer": "zandmeer.localhost", "mijn-veldrecht": "veldrecht.localhost"}
    identity.knows(**{name: helga_was_here.client(host, "Gemeente") for name, host in hosts.items()})
    known = brp_connection(brp_register.url)
    with acting_for(veldrecht), transaction.atomic():
        connect("brp", "BRP", known.base_url, known.credentials, known.parameters)
    brp_register.misbehave("500")

    assert signs_in(visitor, helga_was_here, host="veldrecht.localhost").status_code == 503
    assert (sessions_of(veldrecht), moments(veldrecht)) == (0, [])


def test_when_the_brp_is_back_its_word_of_now_counts(
    helga_was_here: Site,
    visitor: Browser,
    zandmeer: Municipality,
    brp_register: Register,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brp_register.misbehave("500")
    leaves(visitor, helga_was_here, signs_in(visitor, helga_was_here))
    brp_register.misbehave("none")
    answers(brp_register, monkeypatch, gemeenteVanInschrijving={"code": "9902", "omschrijving": "Veldrecht"})

    assert "niet ingeschreven in Zandmeer" in signs_in(visitor, helga_was_here).text


def test_nothing_is_kept_of_what_the_brp_said_but_the_moment(
    town_with_brp: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    before, began = rows_of(zandmeer), timezone.now()
    leaves(visitor, town_with_brp, signs_in(visitor, town_with_brp, path="/mijn/delen/"))
    after = rows_of(zandmeer)

    new = {name: rows for name, rows in after.items() if rows != before[name]}
    assert set(new) == {"accounts.Resident", "accounts.ResidentLookup"}
    (resident,) = new["accounts.Resident"]
    assert set(resident) == {"id", "municipality_id", "visited", "let_in"}
    assert began < resident["let_in"] < timezone.now()
    assert not any(told in str(new) for told in (HELGA, "Huisman", "1987", "Duinroosstraat"))


def rows_of(municipality: Municipality) -> dict[str, list[dict[str, Any]]]:
    """All that a municipality's tables hold."""
    tables = [one for one in apps.get_models() if issubclass(one, TenantModel) and one._meta.managed]
    with acting_for(municipality), transaction.atomic():
        return {one._meta.label: list(one.objects.order_by("pk").values()) for one in tables}


# Whatever comes after what


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> list[Standing]:
    """What the register at the door says next."""
    next_word = [Standing.OK]
    monkeypatch.setattr(standing, "_checks", [lambda _bsn: next_word[0]])
    return next_word


VISITS = st.lists(
    st.tuples(
        st.sampled_from(["zandmeer", "zandmeer", "veldrecht"]),
        st.sampled_from([HELGA, HELGA, "999991747"]),
        st.sampled_from([*Standing, *[Standing.OK, Standing.SILENT] * 4]),
        st.floats(0.01, 20),
    ),
    min_size=4,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=VISITS)
def test_whatever_comes_after_what_nobody_comes_in_but_on_a_word_that_counts(
    zandmeer: Municipality, veldrecht: Municipality, clock: Clock, says: list[Standing], visits: Any
) -> None:
    towns = {one.slug: one for one in (zandmeer, veldrecht)}
    with transaction.atomic():
        told: dict[tuple[str, str], Any] = {}
        for slug, bsn, said, days in visits:
            clock.move(days=days)
            says[0] = said
            with acting_for(towns[slug]):
                who = Who(BSN(bsn), "Iemand", Level.MIDDEN, "sub", "")
                word = door.ask(who)
                lately = told.get((slug, bsn))
                fills = bool(lately and clock.time - lately < door.HOLDS)
                assert word.opens is (said is Standing.OK or (said is Standing.SILENT and fills))
                if word.opens:
                    door.go_in(word, who, uuid4())
                if said is Standing.OK or said in REFUSALS:
                    told[slug, bsn] = clock.time if said is Standing.OK else None
                door.forget_old()
                left = sorted(filter(None, Resident.objects.values_list("let_in", flat=True)))
                held = [at for (where, _who), at in told.items() if where == slug and at]
                assert left == sorted(at for at in held if clock.time - at < door.HOLDS)
        transaction.set_rollback(True)


def test_nobody_comes_in_for_another_on_an_earlier_word(zandmeer: Municipality, says: list[Standing]) -> None:
    other = BSN("999991747")
    for_another = Who(
        BSN(HELGA), "Iemand", Level.MIDDEN, "sub", "", Represented(other, "Een ander", Reach.SHARE)
    )
    with acting_for(zandmeer), transaction.atomic():
        door.go_in(door.ask(for_another), for_another, uuid4())
        assert not Resident.objects.filter(let_in__isnull=False).exists(), "nobody came for themselves"
        for bsn in (BSN(HELGA), other):
            door.let_in(resident_of(bsn).id)
        says[0] = Standing.SILENT
        assert door.ask(for_another).kept_out_by == "unknown"
        assert door.ask(Who(other, "Een ander", Level.MIDDEN, "sub", "")).is_earlier

        says[0] = Standing.CURATELE
        door.ask(for_another)
        assert not Resident.objects.filter(id=known_resident(BSN(HELGA)), let_in__isnull=False).exists()


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ([Standing.SILENT, Standing.CURATELE], Standing.CURATELE),
        ([Standing.UNKNOWN, Standing.SILENT], Standing.UNKNOWN),
        ([Standing.OK, Standing.SILENT], Standing.SILENT),
        ([Standing.OK, Standing.OK], Standing.OK),
        ([], Standing.UNKNOWN),
    ],
)
def test_of_several_who_can_tell_a_refusal_counts_most(
    monkeypatch: pytest.MonkeyPatch, said: list[Standing], counts: Standing
) -> None:
    checks = [lambda _bsn, one=one: one for one in said]
    monkeypatch.setattr(standing, "_checks", checks)

    assert standing.standing_of(BSN(HELGA)) is counts
