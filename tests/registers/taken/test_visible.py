"""What a resident may see of tasks, where they lead, and how they are worded: tables of cases."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from portal.municipalities.bsn import BSN
from portal.registers.about_case import CaseRef, NamedCase
from portal.registers.links import safe_link
from portal.registers.taken.client import NONSENSE
from portal.registers.taken.records import Kind, Payment, State, Task, Whose, amount_of
from portal.registers.taken.visible import closed_tasks, is_shown, open_tasks, pay_link
from portal.registers.taken.words import amount, deadline, iban
from portal.registers.urns import case_among, document_of, is_person, urn_of

TODAY = date(2026, 11, 24)
HELGA, KEES = BSN("999970458"), BSN("999990329")


def task(**change: object) -> Task:
    plain = Task(
        id=uuid4(),
        title="Doe iets",
        why="",
        purpose="",
        kind=Kind.LINK,
        state=State.OPEN,
        starts=None,
        until=None,
        case=None,
        link="",
        form=None,
        payment=None,
        whose=Whose("bsn", HELGA.reveal()),
    )
    return replace(plain, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "change", "shown"),
    [
        ("their own open task", {}, True),
        ("a done one", {"state": State.DONE}, True),
        ("one that was taken back", {"state": State.NEEDLESS}, True),
        ("a filed one", {"state": State.FILED}, False),
        ("somebody else's", {"whose": Whose("bsn", KEES.reveal())}, False),
        ("nobody's", {"whose": Whose("bsn", "")}, False),
        ("a company's, whose number looks like theirs", {"whose": Whose("kvk", HELGA.reveal())}, False),
        ("one of a kind we do not know", {"whose": Whose("BSN", HELGA.reveal())}, False),
        ("one with more than the number", {"whose": Whose("bsn", f"{HELGA.reveal()} ")}, False),
        ("one that begins today", {"starts": TODAY}, True),
        ("one that begins tomorrow", {"starts": TODAY + timedelta(1)}, False),
        ("one that is over long ago", {"until": date(2020, 1, 1)}, True),
    ],
)
def test_what_a_resident_sees(sentence: str, change: dict[str, object], shown: bool) -> None:
    assert is_shown(task(**change), HELGA, TODAY) is shown, sentence


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://www.gemeente.example/taak?id=1", True),
        ("https://www.gemeente.example:443/", True),
        ("http://www.gemeente.example/", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//www.gemeente.example/", False),
        ("/mijn/", False),
        ("https://gemeente/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://[/", False),
        ("https://naam:wachtwoord@gemeente.example/", False),
        ("https://www.gemeente.example@kwaad.example/", False),
        ("https://www.gemeente.example:8443/", False),
        ("https://www.gemeente.example:x/", False),
        ("https://www.gemeente.example\\@kwaad.example/", False),
        ("https://gem\u0435ente.example/", False),
        ("https://www.gemeente.example/ met spatie", False),
        ("https://www.gemeente.example/\n", False),
        ("", False),
    ],
)
def test_a_link_is_one_only_when_it_is_surely_safe(address: str, fine: bool) -> None:
    assert bool(safe_link(address)) is fine


def test_the_soonest_stands_first_and_what_has_no_last_day_last() -> None:
    days = [None, TODAY, TODAY - timedelta(9), TODAY + timedelta(9)]
    tasks = [task(until=until, title=str(place)) for place, until in enumerate(days)]

    assert [one.title for one in open_tasks(tasks)] == ["2", "1", "3", "0"]
    assert closed_tasks(tasks) == []


def test_what_is_done_stands_apart_the_latest_first() -> None:
    tasks = [task(state=state, until=TODAY - timedelta(n)) for n, state in enumerate(State)]

    assert [one.state for one in closed_tasks(tasks)] == [one for one in State if one is not State.OPEN]


@pytest.mark.parametrize(
    ("left", "says", "urgent"),
    [
        (41, "Doe het uiterlijk 4 januari 2027.", False),
        (7, "Doe het uiterlijk 1 december 2026.", True),
        (1, "Doe het uiterlijk morgen, 25 november 2026.", True),
        (0, "Doe het uiterlijk vandaag, 24 november 2026.", True),
        (-1, "U bent te laat: de laatste dag was 23 november 2026.", True),
    ],
)
def test_the_last_day_in_words(left: int, says: str, urgent: bool) -> None:
    said = deadline(task(until=TODAY + timedelta(left)), TODAY)

    assert (said.text, said.urgent, said.late) == (says, urgent, left < 0)


def test_without_a_last_day_nothing_is_made_up() -> None:
    said = deadline(task(), TODAY)

    assert "Er is geen laatste dag." in said.text
    assert not said.urgent


@pytest.mark.parametrize(
    ("number", "currency", "says"),
    [
        ("48", "EUR", "€\N{NO-BREAK SPACE}48,00"),
        ("1234.5", "EUR", "€\N{NO-BREAK SPACE}1.234,50"),
        ("0.1", "EUR", "€\N{NO-BREAK SPACE}0,10"),
        ("5", "USD", "USD\N{NO-BREAK SPACE}5,00"),
    ],
)
def test_an_amount_as_people_write_it(number: str, currency: str, says: str) -> None:
    assert amount(Payment(Decimal(number), currency, "x", "", "")) == says


def test_an_account_in_groups_of_four() -> None:
    assert iban(Payment(Decimal(1), "EUR", "x", "NL69INGB0123456789", "")) == "NL69 INGB 0123 4567 89"


def test_the_page_to_pay_at_has_the_reference_in_it_and_nothing_else_of_the_register() -> None:
    one = task(kind=Kind.PAYMENT, payment=Payment(Decimal(1), "EUR", "a/b&c=d", "", ""))
    page = "https://betalen.example/?kenmerk={reference}"

    assert pay_link(one, {"pay_url": page}) == "https://betalen.example/?kenmerk=a%2Fb%26c%3Dd"
    assert pay_link(one, {"pay_url": page.replace("https", "http")}) == ""
    assert pay_link(one, {}) == pay_link(task(), {"pay_url": page}) == ""


CASE = CaseRef(UUID(int=1), UUID(int=2), "ZM-0507")


@pytest.mark.parametrize(
    ("named", "is_it"),
    [
        (NamedCase(id=CASE.zaak), True),
        (NamedCase(id=UUID(int=3)), False),
        (NamedCase(id=UUID(int=3), number="ZM-0507"), False),
        (NamedCase(number="ZM-0507"), True),
        (NamedCase(number="ZM-0508"), False),
        (NamedCase(), False),
    ],
)
def test_which_case_is_meant(named: NamedCase, is_it: bool) -> None:
    assert named.is_case(CASE) is is_it
    assert not NamedCase().is_case(CaseRef(UUID(int=1), UUID(int=2)))


@pytest.mark.parametrize(
    ("urns", "named"),
    [
        (["urn:nld:gemeentex:zaak:zaaknummer:ZM-0507"], NamedCase(number="ZM-0507")),
        (["urn:nld:gemeentex:product:uuid:x", "urn:nld:x:zaak:zaaknummer:1"], NamedCase(number="1")),
        ([f"urn:nld:x:zaak:uuid:{UUID(int=7)}#deel"], NamedCase(id=UUID(int=7))),
        (["urn:nld:x:zaak:uuid:geen"], None),
        (["zaak:zaaknummer:1", "urn:zaak:1", "", "urn:nld:x:zaak:zaaknummer:"], None),
        ([], None),
    ],
)
def test_a_case_by_its_name(urns: list[str], named: NamedCase | None) -> None:
    assert case_among(urns) == named


def test_a_person_by_their_name_and_nobody_else() -> None:
    assert is_person(urn_of(HELGA), HELGA)
    assert is_person(urn_of(HELGA).replace("urn:nld", "URN:NLD"), HELGA)
    for other in (
        urn_of(KEES),
        urn_of(HELGA) + "1",
        HELGA.reveal(),
        "",
        f"urn:nld:hr:kvknummer:{HELGA.reveal()}",
    ):
        assert not is_person(other, HELGA)


def test_a_document_by_its_name() -> None:
    assert document_of(f"urn:nld:x:informatieobject:uuid:{UUID(int=7)}") == UUID(int=7)
    for other in (f"urn:nld:x:zaak:uuid:{UUID(int=7)}", "urn:nld:x:informatieobject:uuid:../x", "", "x"):
        assert document_of(other) is None


@pytest.mark.parametrize("told", ["NaN", "sNaN", "Infinity", float("inf"), "1E+999999", "veel", "", None])
def test_what_is_no_amount_of_money_costs_its_own_task_and_no_page(told: object) -> None:
    with pytest.raises(NONSENSE):
        amount_of(told)


def test_an_amount_is_read_as_it_is_told() -> None:
    assert [amount_of(one) for one in (48.0, "12.50", 0)] == [Decimal("48.0"), Decimal("12.50"), 0]
