"""What may be asked, and how the server is asked."""

from datetime import timedelta

import pytest

from portal.irma.request import Attribute, DisclosureRequest, Wanted

BSN, OVER18 = "gemeente.personalData.bsn", "gemeente.personalData.over18"
EMAIL = "sidn-pbdf.email.email"


def test_a_request_is_written_with_the_scheme_of_the_connection() -> None:
    request = DisclosureRequest(
        (
            Wanted((Attribute(BSN), Attribute(OVER18, must_equal="yes"))),
            Wanted((Attribute(EMAIL, may_be_empty=True),), required=False),
        )
    )

    assert request.for_irma("pbdf") == {
        "@context": "https://irma.app/ld/request/disclosure/v2",
        "disclose": [
            [[{"type": f"pbdf.{BSN}", "notNull": True}, {"type": f"pbdf.{OVER18}", "value": "yes"}]],
            [[], [{"type": f"pbdf.{EMAIL}"}]],
        ],
    }


def test_a_request_survives_being_stored() -> None:
    request = DisclosureRequest(
        (Wanted((Attribute(OVER18, must_equal="yes"),)), Wanted((Attribute(EMAIL),), required=False)),
        max_age=timedelta(days=400),
    )

    assert DisclosureRequest.from_json(request.to_json()) == request


@pytest.mark.parametrize("name", ["", "bsn", "pbdf.gemeente.personalData.bsn", "a.b.c d", "a.b.", "a.b.c\n"])
def test_a_name_is_issuer_credential_and_attribute_and_no_scheme(name: str) -> None:
    with pytest.raises(ValueError, match=r"issuer\.credential\.attribute"):
        Attribute(name)


def test_a_fixed_value_cannot_be_empty() -> None:
    with pytest.raises(ValueError, match="fixed value"):
        Attribute(OVER18, must_equal="")
    with pytest.raises(ValueError, match="fixed value"):
        Attribute(OVER18, must_equal="yes", may_be_empty=True)


def test_a_request_asks_something_and_each_attribute_once() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Wanted(())
    with pytest.raises(ValueError, match="at least one"):
        DisclosureRequest(())
    with pytest.raises(ValueError, match="once"):
        DisclosureRequest((Wanted((Attribute(BSN),)), Wanted((Attribute(BSN),))))


def test_attributes_of_one_card_stand_side_by_side() -> None:
    with pytest.raises(ValueError, match="side by side"):
        Wanted((Attribute(BSN), Attribute(EMAIL), Attribute(OVER18)))
