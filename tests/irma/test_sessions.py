"""Every way a wallet session can go, with the real server and the real wallet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from demo.irma.rig import Rig
from demo.wallet.program import State, Wallet
from portal.irma.errors import (
    Cancelled,
    NotFinished,
    ProofInvalid,
    Reason,
    RequestRefused,
    SessionUnknown,
    TimedOut,
    WalletUnreachable,
)
from portal.irma.request import Attribute, DisclosureRequest, Wanted
from portal.irma.requestor import Requestor
from portal.irma.session import Session, Status

from .conftest import CARDS, MAIL, PATIENCE, agrees, asked, ended

BSN, OVER18 = "gemeente.personalData.bsn", "gemeente.personalData.over18"
EMAIL, MOBILE = "sidn-pbdf.email.email", "sidn-pbdf.mobilenumber.mobilenumber"
RETURN = "http://zandmeer.localhost:8000/delen/terug?ref=once"

pytestmark = pytest.mark.irma


def request(*names: str, **equal: str) -> DisclosureRequest:
    return DisclosureRequest(tuple(Wanted((Attribute(name, equal.get(name)),)) for name in names))


ADULT = DisclosureRequest((Wanted((Attribute(BSN), Attribute(OVER18, must_equal="yes"))),))
REACH = DisclosureRequest((Wanted((Attribute(EMAIL),)), Wanted((Attribute(MOBILE),), required=False)))


def same_device(requestor: Requestor, asked_for: DisclosureRequest, wait: int = 300) -> Session:
    return requestor.start(asked_for, pairing=False, return_url=RETURN, wait=wait)


def test_what_the_resident_agrees_to_share_comes_back_with_its_issue_time(
    requestor: Requestor, helga: Wallet
) -> None:
    session = same_device(requestor, REACH)

    assert agrees(helga, session) is State.DONE

    outcome = requestor.outcome(session)
    assert outcome.values == {EMAIL: MAIL["email"]}
    age = datetime.now(UTC) - outcome.issued_at[EMAIL]
    assert timedelta() <= age < timedelta(days=8)


def test_a_fixed_value_and_the_bsn_come_from_one_card(requestor: Requestor, helga: Wallet) -> None:
    session = same_device(requestor, ADULT)

    agrees(helga, session)

    assert requestor.outcome(session).values == {BSN: "999970458", OVER18: "yes"}


def test_the_wallet_sees_who_asks_what_and_where_it_goes_back_to(
    requestor: Requestor, helga: Wallet, irma: Rig
) -> None:
    shown = asked(helga, same_device(requestor, REACH))

    assert shown.asked_by == "zandmeer.localhost"
    assert shown.return_url == RETURN
    assert [len(group) for group in shown.options] == [1, 2]  # leaving the mobile number out is a choice
    assert shown.request["disclose"][0] == [[{"type": f"mijn-demo.{EMAIL}", "notNull": True}]]
    helga.answer(shown, agree=False)


def test_a_refusal_is_told_as_one(requestor: Requestor, helga: Wallet) -> None:
    session = same_device(requestor, REACH)
    shown = asked(helga, session)

    with pytest.raises(NotFinished):
        requestor.outcome(session)
    helga.answer(shown, agree=False)

    assert helga.wait(shown, lambda state: state.final, PATIENCE) is State.REFUSED
    assert ended(requestor, session) is Status.CANCELLED
    with pytest.raises(Cancelled):
        requestor.outcome(session)


def test_closing_the_wallet_is_a_refusal_too(requestor: Requestor, helga: Wallet) -> None:
    session = same_device(requestor, REACH)
    helga.close(asked(helga, session))

    assert ended(requestor, session) is Status.CANCELLED
    with pytest.raises(Cancelled):
        requestor.outcome(session)


def test_nobody_scanning_in_time_is_told_as_such(requestor: Requestor) -> None:
    session = same_device(requestor, REACH, wait=1)

    assert ended(requestor, session) is Status.TIMEOUT
    with pytest.raises(TimedOut):
        requestor.outcome(session)


def test_the_portal_can_end_a_session_and_twice_is_no_error(requestor: Requestor, helga: Wallet) -> None:
    session = same_device(requestor, REACH)

    requestor.cancel(session)
    requestor.cancel(session)

    with pytest.raises(Cancelled):
        requestor.outcome(session)
    assert asked(helga, session).state is State.FAILED


def test_an_expired_card_never_counts_though_the_session_is_done(
    requestor: Requestor, expired: Wallet
) -> None:
    session = same_device(requestor, request(EMAIL))
    agrees(expired, session)

    assert requestor.status(session) is Status.DONE
    with pytest.raises(ProofInvalid) as refused:
        requestor.outcome(session)
    assert refused.value.reason is Reason.EXPIRED


def test_without_the_card_the_wallet_says_so_and_can_only_refuse(requestor: Requestor, empty: Wallet) -> None:
    session = same_device(requestor, request(EMAIL))
    shown = asked(empty, session)

    assert not shown.satisfiable
    empty.answer(shown, agree=True)
    empty.wait(shown, lambda state: state is not State.WORKING, PATIENCE)
    assert (shown.state, shown.trouble) == (State.ASKING, "credential not present")
    empty.answer(shown, agree=False)

    assert ended(requestor, session) is Status.CANCELLED


def test_who_is_not_18_cannot_answer_a_request_for_18(requestor: Requestor, child: Wallet) -> None:
    session = same_device(requestor, ADULT)
    shown = asked(child, session)

    assert not shown.satisfiable
    child.answer(shown, agree=True)
    child.wait(shown, lambda state: state is not State.WORKING, PATIENCE)

    assert not requestor.status(session).final
    child.answer(shown, agree=False)


def test_an_answer_of_no_never_passes_for_yes(requestor: Requestor, child: Wallet) -> None:
    """The fault: the server was asked without the value, so that it says VALID to a no."""
    session = same_device(requestor, DisclosureRequest((Wanted((Attribute(OVER18),)),)))
    agrees(child, session)
    strict = replace(session, request=DisclosureRequest((Wanted((Attribute(OVER18, must_equal="yes"),)),)))

    with pytest.raises(ProofInvalid) as refused:
        requestor.outcome(strict)
    assert refused.value.reason is Reason.WRONG_VALUE


def test_somebody_elses_wallet_shows_as_another_bsn(requestor: Requestor, child: Wallet) -> None:
    session = same_device(requestor, request(BSN))
    agrees(child, session)

    assert requestor.outcome(session).values[BSN] == "999995881"


def test_too_old_a_card_is_refused(requestor: Requestor, helga: Wallet) -> None:
    a_moment = replace(request(EMAIL), max_age=timedelta(milliseconds=1))  # cards are rounded down to a week
    session = same_device(requestor, a_moment)
    agrees(helga, session)

    with pytest.raises(ProofInvalid) as refused:
        requestor.outcome(session)
    assert refused.value.reason is Reason.TOO_OLD


def test_the_holder_chooses_between_two_addresses(requestor: Requestor, irma: Rig) -> None:
    other = {"email": "werk@post.example"}
    wallet = irma.wallet({"sidn-pbdf.email": [MAIL, other]})
    session = same_device(requestor, REACH)
    agrees(wallet, session, choice=(1, 0))

    assert requestor.outcome(session).values == {EMAIL: other["email"]}


def test_an_empty_attribute_comes_back_as_left_out_only_where_that_is_allowed(
    requestor: Requestor, irma: Rig
) -> None:
    card = {"street": "Duinroosstraat", "zipcode": "1996 AA", "municipality": "Zandmeer", "city": "Zandmeer"}
    wallet = irma.wallet({"gemeente.address": [card]})
    street, number = Attribute("gemeente.address.street"), Attribute("gemeente.address.houseNumber")
    lenient = DisclosureRequest((Wanted((street, replace(number, may_be_empty=True))),))
    session = same_device(requestor, lenient)
    agrees(wallet, session)

    assert requestor.outcome(session).values == {street.name: "Duinroosstraat"}
    with pytest.raises(ProofInvalid) as refused:
        requestor.outcome(replace(session, request=DisclosureRequest((Wanted((street, number)),))))
    assert refused.value.reason is Reason.EMPTY


def test_a_qr_pairs_and_goes_on_only_after_the_right_code(requestor: Requestor, helga: Wallet) -> None:
    session = requestor.start(REACH, pairing=True)
    shown = asked(helga, session)

    assert (shown.state, requestor.status(session)) == (State.PAIRING, Status.PAIRING)
    wrong = "0000" if shown.pairing_code != "0000" else "1111"
    assert not requestor.pair(session, wrong)
    assert requestor.status(session) is Status.PAIRING
    code = shown.pairing_code
    assert requestor.pair(session, f" {code[:2]} {code[2:]} ")
    assert requestor.pair(session, code), "typing it twice, as by a double click, is no error"

    helga.wait(shown, lambda state: state is State.ASKING, PATIENCE)
    helga.answer(shown, agree=True)
    helga.wait(shown, lambda state: state.final, PATIENCE)
    assert requestor.outcome(session).values == {EMAIL: MAIL["email"]}


def test_a_rejected_pairing_ends_the_session_for_the_stranger_too(
    requestor: Requestor, child: Wallet
) -> None:
    session = requestor.start(REACH, pairing=True)
    stranger = asked(child, session)

    requestor.cancel(session)

    assert child.wait(stranger, lambda state: state.final, PATIENCE) is State.FAILED
    assert stranger.failure.startswith("pairingRejected")
    with pytest.raises(Cancelled):
        requestor.outcome(session)


def test_a_second_scan_can_spoil_the_session_but_never_answer_it(
    requestor: Requestor, helga: Wallet, child: Wallet
) -> None:
    """For ten seconds irma repeats its first answers to any scanner: code and request are seen twice."""
    session = requestor.start(request(BSN), pairing=True)
    first, second = asked(helga, session), asked(child, session)
    assert second.pairing_code == first.pairing_code
    requestor.pair(session, first.pairing_code)

    child.wait(second, lambda state: state is State.ASKING, PATIENCE)
    child.answer(second, agree=True)

    assert child.wait(second, lambda state: state.final, PATIENCE) is State.FAILED
    assert ended(requestor, session) is Status.CANCELLED
    with pytest.raises(Cancelled):
        requestor.outcome(session)
    helga.close(first)


def test_a_session_either_pairs_or_returns(requestor: Requestor) -> None:
    with pytest.raises(ValueError, match="one of the two"):
        requestor.start(REACH, pairing=False)
    with pytest.raises(ValueError, match="one of the two"):
        requestor.start(REACH, pairing=True, return_url=RETURN)
    with pytest.raises(ValueError, match="does not pair"):
        requestor.pair(same_device(requestor, REACH), "1234")


def test_a_result_of_another_session_is_never_taken(requestor: Requestor, helga: Wallet) -> None:
    other, mine = same_device(requestor, ADULT), same_device(requestor, ADULT)
    agrees(helga, other)

    with pytest.raises(ProofInvalid) as refused:
        requestor.outcome(replace(mine, token=other.token, request=REACH))
    assert refused.value.reason is Reason.NOT_AS_ASKED
    with pytest.raises(NotFinished):
        requestor.outcome(mine)


def test_a_server_that_was_started_again_knows_no_old_session(requestor: Requestor, irma: Rig) -> None:
    session = same_device(requestor, REACH)
    irma.server.stop()
    try:
        with pytest.raises(WalletUnreachable):
            requestor.status(session)
    finally:
        irma.server.start()

    for question in (requestor.status, requestor.outcome, requestor.cancel):
        with pytest.raises(SessionUnknown):
            question(session)


def test_what_the_portal_has_no_permission_for_is_refused(requestor: Requestor) -> None:
    with pytest.raises(RequestRefused, match="403 UNAUTHORIZED"):
        same_device(requestor, request("gemeente.personalData.dateofbirth"))


@pytest.mark.parametrize("wrong", [{"hmac_key": b"x" * 32}, {"requestor": "niemand"}, {"host": "elders.nl"}])
def test_a_wrong_key_name_or_host_is_refused(requestor: Requestor, wrong: dict[str, object]) -> None:
    with pytest.raises(RequestRefused):
        same_device(Requestor(replace(requestor.server, **wrong)), REACH)  # type: ignore[arg-type]


def test_the_app_link_carries_the_whole_pointer(requestor: Requestor) -> None:
    session = same_device(requestor, REACH)

    link = urlsplit(requestor.app_link(session))

    assert parse_qs(link.query) == {"qr": [session.pointer_text]}


def test_a_session_survives_being_stored(requestor: Requestor, helga: Wallet) -> None:
    session = requestor.start(replace(ADULT, max_age=timedelta(days=400)), pairing=True)
    again = Session.from_json(session.to_json())

    assert again == session
    for secret in (session.token, session.pointer["u"], session.frontend_authorization):
        assert secret not in repr(session)
    assert requestor.status(again) is Status.INITIALIZED


def test_the_filtered_output_of_the_server_holds_no_value_and_no_token(
    requestor: Requestor, irma: Rig
) -> None:
    marked = {name: f"GEHEIM{i}" for i, name in enumerate(CARDS["gemeente.personalData"][0])}
    wallet = irma.wallet(
        {"gemeente.personalData": [marked], "sidn-pbdf.email": [{"email": "GEHEIM@x.example"}]}
    )
    session = same_device(requestor, request(BSN, EMAIL))
    agrees(wallet, session)
    assert requestor.outcome(session).values[EMAIL] == "GEHEIM@x.example"
    with pytest.raises(RequestRefused):
        same_device(
            requestor,
            DisclosureRequest(
                (
                    Wanted((Attribute(MOBILE, must_equal="GEHEIM"),)),
                    Wanted((Attribute("gemeente.personalData.gender", must_equal="GEHEIM"),)),
                )
            ),
        )

    output = irma.server.output.read_text()

    assert "Session started" in output
    for secret in ("GEHEIM", session.token, session.pointer["u"].rpartition("/")[2]):
        assert secret not in output
