"""The client of tasks against both of the demo's back ends, over HTTP."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from demo.content.residents import AYSE, HELGA, KEES, RESIDENTS
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.registers.answers import Broken, Found, Late, Refused
from portal.registers.gather import Question, ask_one
from portal.registers.taken.client import Outcome, Several, definition, send_form, task, tasks
from portal.registers.taken.records import Kind, State, Task
from tests.registers.conftest import Ask, failing

from .conftest import Place, objecten_connection, vtb_connection


def all_of(ask: Ask, place: Place, bsn: BSN | None = None) -> dict[str, Task]:
    found: Several = ask(place.connection, lambda caller: tasks(caller, bsn or place.bsn))
    return {one.title: one for one in found.tasks}


def own(ask: Ask, place: Place, which: str) -> Task:
    return all_of(ask, place)[place.title(which)]


def test_a_residents_tasks_come_in_one_call(ask: Ask, place: Place) -> None:
    found = all_of(ask, place)

    assert {place.title(one) for one in ("form", "payment", "link", "done")} <= found.keys()
    assert place.register.calls == [place.paths[0]]


def test_only_what_is_open_is_asked_where_no_more_is_shown(ask: Ask, place: Place) -> None:
    found: Several = ask(place.connection, lambda caller: tasks(caller, place.bsn, only_open=True))

    assert {one.state for one in found.tasks} == {State.OPEN}
    assert place.register.calls == [place.paths[0]]


def test_each_kind_is_read_with_what_it_needs(ask: Ask, place: Place) -> None:
    form, payment, link = (own(ask, place, one) for one in ("form", "payment", "link"))

    assert (form.kind, payment.kind, link.kind) == (Kind.FORM, Kind.PAYMENT, Kind.LINK)
    assert form.form is not None
    assert payment.payment is not None
    assert payment.payment.amount > 0
    assert link.link.startswith("https://")
    assert form.case is not None
    assert form.until is not None
    assert own(ask, place, "done").state is State.DONE


@pytest.mark.parametrize("stranger", [one for one in RESIDENTS if one not in (HELGA, KEES)][:1])
def test_nobody_sees_a_task_of_somebody_else(ask: Ask, place: Place, stranger: Any) -> None:
    mine = own(ask, place, "form")
    bsn = BSN(stranger.bsn)

    assert mine.title not in all_of(ask, place, bsn)
    assert ask(place.connection, lambda caller: task(caller, bsn, mine.id)) is None
    assert ask(place.connection, lambda caller: send_form(caller, bsn, mine.id, {})) is Outcome.NOT_THERE


def test_what_the_register_smuggles_in_stays_out(ask: Ask, place: Place) -> None:
    before = all_of(ask, place).keys()
    place.register.misbehave("foreign")

    assert all_of(ask, place).keys() == before
    assert AYSE.bsn not in str(before)


def test_the_residents_of_two_municipalities_are_kept_apart(ask: Ask, place: Place) -> None:
    """The same register and the same person, another municipality's token."""
    connect = objecten_connection if place.back_end == "objecten" else vtb_connection
    elsewhere = connect(place.register, "9903")

    assert ask(elsewhere, lambda caller: tasks(caller, place.bsn)).tasks == []
    mine = own(ask, place, "form")
    assert ask(elsewhere, lambda caller: task(caller, place.bsn, mine.id)) is None


@pytest.mark.parametrize("nobody", [None, "", "999970458"])
def test_nobody_is_never_asked_for(here: Any, place: Place, nobody: Any) -> None:
    for question in (
        lambda caller: tasks(caller, nobody),
        lambda caller: task(caller, nobody, uuid4()),
        lambda caller: send_form(caller, nobody, uuid4(), {}),
    ):
        assert isinstance(ask_one(Question(place.connection, question)), Broken)
    assert place.register.calls == []


FAULTS: Mapping[str, type] = {
    "500": Broken,
    "404": Broken,
    "page": Broken,
    "401": Refused,
    "broken": Broken,
    "schema": Broken,
    "huge": Broken,
    "truncated": Broken,
    "elsewhere": Broken,
    "hang": Late,
    "drip": Late,
}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.items())
def test_a_register_that_fails_is_never_empty(here: Any, place: Place, fault: str, expected: type) -> None:
    with failing(place.register, fault):
        answer = ask_one(Question(place.connection, lambda caller: tasks(caller, place.bsn)))

    assert isinstance(answer, expected)


def test_a_task_that_cannot_be_read_is_counted_and_costs_itself_only(
    ask: Ask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    respond = place.register.respond

    def one_is_nonsense(asked: Asked) -> Reply:
        reply = respond(asked)
        first = reply.body["results"][0]
        nonsense = {**first, "record": None, "taakSoort": "iets anders"}
        return replace(reply, body={**reply.body, "results": [nonsense, *reply.body["results"][1:]]})

    monkeypatch.setattr(place.register, "respond", one_is_nonsense)
    found: Several = ask(place.connection, lambda caller: tasks(caller, place.bsn))

    assert found.unread == 1
    assert found.tasks


class TestAForm:
    def test_its_definition_is_found_and_filled_in_with_what_is_known(self, ask: Ask, place: Place) -> None:
        one = own(ask, place, "form")
        found = ask(place.connection, lambda caller: definition(caller, one))

        assert [each["type"] for each in found["components"]][-1] == "textarea"

    def test_it_is_written_once_and_the_second_tab_hears_of_that(self, ask: Ask, place: Place) -> None:
        id = own(ask, place, "form").id
        first, second = ({"toelichting": word} for word in ("eerst", "later"))

        assert ask(place.connection, lambda caller: send_form(caller, place.bsn, id, first)) is Outcome.SENT
        assert (
            ask(place.connection, lambda caller: send_form(caller, place.bsn, id, second)) is Outcome.ALREADY
        )

        assert own(ask, place, "form").state is State.SENT
        assert kept(place, id) == first

    def test_no_other_task_than_a_form_can_be_sent(self, ask: Ask, place: Place) -> None:
        for which in ("payment", "link"):
            id = own(ask, place, which).id
            sent = ask(place.connection, lambda caller, id=id: send_form(caller, place.bsn, id, {}))
            assert sent is Outcome.NOT_THERE
        assert not [call for call in place.register.calls if call.startswith("PATCH")]

    def test_what_is_already_done_is_not_written_again(self, ask: Ask, objecten: Register) -> None:
        place = Place("objecten", objecten, objecten_connection(objecten), BSN(HELGA.bsn))
        id = own(ask, place, "done").id

        sent = ask(place.connection, lambda caller: send_form(caller, place.bsn, id, {"personen": 3}))

        assert sent is Outcome.ALREADY
        assert not [call for call in objecten.calls if call.startswith("PATCH")]

    def test_a_register_that_keeps_something_else_is_broken(
        self, ask: Ask, here: Any, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        id, respond = own(ask, place, "form").id, place.register.respond

        def forgets(asked: Asked) -> Reply:
            return respond(replace(asked, method="GET", body=None) if asked.method == "PATCH" else asked)

        monkeypatch.setattr(place.register, "respond", forgets)
        answer = ask_one(
            Question(place.connection, lambda caller: send_form(caller, place.bsn, id, {"toelichting": "x"}))
        )

        assert isinstance(answer, (Broken, Found))
        assert answer != Found(Outcome.SENT)

    @pytest.mark.parametrize("address", ["https://elders.example/formulier", "../../elders", "http://["])
    def test_one_that_is_kept_elsewhere_is_never_fetched(
        self, ask: Ask, objecten: Register, address: str
    ) -> None:
        place = Place("objecten", objecten, objecten_connection(objecten), BSN(HELGA.bsn))
        one = own(ask, place, "form")
        assert one.form is not None
        away = replace(one, form=replace(one.form, address=address))
        objecten.calls.clear()

        assert ask(place.connection, lambda caller: definition(caller, away)) is None
        assert [call for call in objecten.calls if "objects" not in call] == []

    def test_one_that_the_municipality_named_is_the_connections(self, ask: Ask, objecten: Register) -> None:
        known = {"components": [{"type": "textfield", "key": "a", "label": "A"}]}
        connection = objecten_connection(objecten, forms={"vraag": known})
        place = Place("objecten", objecten, connection, BSN(HELGA.bsn))
        one = own(ask, place, "form")
        assert one.form is not None

        def found(name: str) -> Any:
            named = replace(one, form=replace(one.form, named=name, address=""))
            return ask(connection, lambda caller: definition(caller, named))

        assert found("vraag") == known
        assert found("een andere") is None


def kept(place: Place, id: UUID) -> Any:
    """What the register holds of what was sent."""
    (store,) = [one for one in place.register.respond.stores.values() if str(id) in str(held(one).keys())]  # type: ignore[attr-defined]
    record = held(store)[str(id)]
    if place.back_end == "objecten":
        return record["record"]["data"]["portaalformulier"]["verzonden_data"]
    return record["details"]["ontvangenGegevens"]


def held(store: Any) -> dict[str, Any]:
    found: dict[str, Any] = getattr(store, "objects", None) or store.records
    return found


def test_of_objecten_the_bsn_goes_in_a_body_and_of_open_vtb_in_the_one_address_on_the_list(
    ask: Ask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Asked] = []
    respond = place.register.respond
    monkeypatch.setattr(place.register, "respond", lambda asked: heard.append(asked) or respond(asked))

    id = own(ask, place, "form").id
    ask(place.connection, lambda caller: send_form(caller, place.bsn, id, {"toelichting": "x"}))

    in_address = [one.path for one in heard if place.bsn.reveal() in f"{one.path}{one.query}"]
    assert in_address == ([] if place.back_end == "objecten" else ["/taken/api/v1/externetaken"])


def test_an_object_of_another_type_is_no_task(ask: Ask, objecten: Register) -> None:
    """The filter gives forms too."""
    place = Place("objecten", objecten, objecten_connection(objecten), BSN(HELGA.bsn))
    form = own(ask, place, "form").form
    assert form is not None
    id = UUID(form.address.rpartition("/")[2])
    objecten.misbehave("foreign")

    assert ask(place.connection, lambda caller: task(caller, place.bsn, id)) is None
    assert ask(place.connection, lambda caller: tasks(caller, place.bsn)).unread == 0
