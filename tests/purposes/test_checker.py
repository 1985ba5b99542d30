"""The purpose checker: what an editor is told before anything is published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cms.purposes.forms import NUMBERS
from demo.content.purposes import PURPOSES
from demo.content.purposes_made import with_slots
from portal.periods import Period
from portal.sharing.models import FURTHEST_END
from portal.sharing.models.grants import FURTHEST
from portal.sharing.purposes.checks import check, errors
from portal.sharing.purposes.finding import Around, Weight
from portal.sharing.purposes.plain_words import reading_of
from portal.sharing.purposes.slots import filled

from .conftest import right

Change = Callable[[dict[str, Any]], object]
HERE = {"gemeente": "Zandmeer", "telefoon": "(0999) 12 34 56"}


def said(content: dict[str, Any], around: Around | None = None) -> dict[str, str]:
    """The errors by field."""
    return {one.field: one.text for one in errors(content, around or Around())}


def nl(content: dict[str, Any], **texts: object) -> None:
    content["texts"]["nl"].update(texts)


def test_a_purpose_that_is_right_meets_no_finding() -> None:
    assert check(right()) == ()


@pytest.mark.parametrize(
    ("place", "slug"), [(place, slug) for place, offered in PURPOSES.items() for slug in offered]
)
def test_every_purpose_of_the_demo_passes_as_it_will_be_published(place: str, slug: str) -> None:
    content = with_slots(slug, PURPOSES[place][slug])
    private = {content["consumer"]: content["consumer"] == "thuiszorg-de-vesting"}
    assert errors(filled(content, HERE), Around(private)) == ()


def test_the_longest_that_a_form_takes_ends_in_the_calendar() -> None:
    longest = Period(NUMBERS["valid_months"], NUMBERS["valid_days"], NUMBERS["valid_minutes"])
    assert longest.after(timezone.now() + FURTHEST_END) < FURTHEST


# The six that are refused on purpose: an editor tries them, and the checker says why.


def test_a_date_of_birth_is_refused_where_proof_of_age_is_enough() -> None:
    content = right()
    content["attributes"] = [
        {"name": "dateofbirth", "claim": "gemeente.personalData.dateofbirth", "required": True}
    ]
    content["texts"]["nl"]["labels"] = content["texts"]["en"]["labels"] = {"dateofbirth": "Geboortedatum"}
    assert "over18" in said(content)["attributes.dateofbirth"]


@pytest.mark.parametrize(
    ("words", "enough"),
    [
        pytest.param("Alleen voor volwassenen.", "over18", id="adults"),
        pytest.param("U doet mee als u 18+ bent.", "over18", id="a plus"),
        pytest.param("Voor 65-plussers.", "over65", id="plus in a word"),
        pytest.param("Bent u meerderjarig?", "over18", id="of age"),
    ],
)
def test_an_age_in_other_words_is_an_age_too(words: str, enough: str) -> None:
    content = right()
    nl(content, title="Meedoen", asked="Uw geboortedatum.", not_seen="", what_for=words)
    asks(content, "dateofbirth", "gemeente.personalData.dateofbirth")
    assert enough in said(content)["attributes.dateofbirth"]


def test_what_is_read_by_law_names_the_kinds_of_cases() -> None:
    content = a_law()
    asks(content, "address", "", register="brp.address")
    assert "soorten zaken" in said(content)["case_types"]
    assert errors(content | {"case_types": ["parkeren"]}) == ()


def test_a_bsn_is_refused_for_a_private_receiver_even_with_a_law() -> None:
    content = right()
    content |= {"ground": "law_asks_yes", "bsn_law": "Wabb, artikel 10", "dpia": "1"}
    nl(content, law="Wmo 2015, artikel 5.1.1")
    content["attributes"] = [{"name": "bsn", "claim": "gemeente.personalData.bsn", "required": True}]
    content["texts"]["nl"]["labels"] = content["texts"]["en"]["labels"] = {"bsn": "BSN"}
    assert "nooit het BSN" in said(content, Around({"demo-balie": True}))["attributes.bsn"]
    assert said(content, Around({"demo-balie": False})).get("attributes.bsn") is None


def test_consent_is_refused_for_what_the_law_lets_the_municipality_do() -> None:
    content = right()
    nl(content, law="Participatiewet, artikel 53a lid 1", what_for="Wij kijken of u bijstand kunt krijgen.")
    assert "kies de grond wet" in said(content)["ground"]


@pytest.mark.parametrize("vague", ["Wij delen met partners.", "derden", "Zorg en andere organisaties"])
def test_receivers_without_a_name_are_refused(vague: str) -> None:
    content = right()
    nl(content, receivers=[vague])
    assert "niet precies" in said(content)["nl.receivers"]


def test_consent_without_another_way_is_refused() -> None:
    content = right()
    nl(content, other_way=" ")
    assert "geen andere weg" in said(content)["nl.other_way"]


def test_an_empty_retention_is_refused() -> None:
    content = right()
    nl(content, kept="")
    assert "bewaartermijn" in said(content)["nl.kept"]


WRONG: list[tuple[str, str, Change]] = [
    ("who began it", "initiative", lambda c: c.update(initiative="municipality")),
    ("whether no is free", "goes_on", lambda c: c.update(goes_on=False)),
    ("why a resident is free", "free_because", lambda c: c.update(free_because="")),
    ("what happens on no", "nl.on_no", lambda c: nl(c, on_no="")),
    ("a BSN by consent", "attributes.bsn", lambda c: asks(c, "bsn", "gemeente.personalData.bsn")),
    ("a BSN in a register", "attributes.number", lambda c: asks(c, "number", "", register="brp.bsn")),
    ("a predicate without its answer", "attributes.over21", lambda c: asks(c, "over21", "x.over21")),
    ("nothing asked", "attributes", lambda c: c.update(attributes=[])),
    ("no end", "valid_months", lambda c: c.pop("valid_months")),
    ("months counted in days", "valid_months", lambda c: (c.pop("valid_months"), c.update(valid_days=365))),
    ("other months than are counted", "valid_months", lambda c: nl(c, how_long="6 maanden.")),
    ("years that are not counted", "valid_months", lambda c: nl(c, how_long="Twee jaar.")),
    ("no consumer", "consumer", lambda c: c.update(consumer="")),
    ("no receiver", "nl.receivers", lambda c: nl(c, receivers=[])),
    ("sensitive without DPIA", "dpia", lambda c: c.update(explicit=True)),
    ("health without DPIA", "dpia", lambda c: nl(c, asked="Welke zorg u krijgt.")),
    ("English that must be there", "english", lambda c: (c["texts"].pop("en"), c.update(english="must"))),
    ("half English", "en.kept", lambda c: c["texts"]["en"].update(kept="")),
    ("a hard word", "nl.what_for", lambda c: nl(c, what_for="Wij handelen conform uw wens.")),
    ("long sentences", "nl.asked", lambda c: nl(c, asked="woord " * 16)),
    ("one long sentence", "nl.asked", lambda c: nl(c, asked="woord " * 26 + ". Ja. Nee. Ook.")),
    ("kept for ever", "nl.kept", lambda c: nl(c, kept="Altijd.")),
    ("kept for ever, with a term", "nl.kept", lambda c: nl(c, kept="Wij bewaren dit altijd, na 1 jaar ook.")),
    ("a dash for a term", "nl.kept", lambda c: nl(c, kept="-")),
    ("a term without words", "nl.kept", lambda c: nl(c, kept="Zoals het hoort.")),
    ("HTML", "nl.who", lambda c: nl(c, who="<b>Gemeente</b>")),
    ("script", "nl.labels", lambda c: nl(c, labels={"over18": "<script>x</script>"})),
    ("a slot that does not exist", "nl.who", lambda c: nl(c, who="[[burgemeester]]")),
]


def asks(content: dict[str, Any], name: str, claim: str, **more: object) -> None:
    """One attribute more, with its names."""
    content["attributes"].append({"name": name, "claim": claim, "required": True, **more})
    for texts in content["texts"].values():
        texts["labels"] = {**texts["labels"], name: name}


@pytest.mark.parametrize(("field", "change"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_told_with_its_field_and_blocks(field: str, change: Change) -> None:
    content = right()
    change(content)
    assert set(said(content)) >= {field}


BIG: list[tuple[str, Change]] = [
    ("De grond is anders", lambda c: c.update(ground="law_asks_yes")),
    ("“phone” wordt nu niet gevraagd", lambda c: asks(c, "phone", "", typed="mobile")),
    ("“18 jaar of ouder” wordt nu niet", lambda c: c["attributes"][0].update(must_equal="no")),
    ("Een ander systeem", lambda c: c.update(consumer="klantcontact")),
]


@pytest.mark.parametrize(("words", "change"), BIG, ids=["ground", "attribute", "answer", "system"])
def test_a_big_change_that_is_not_marked_is_refused_with_words_that_say_why(
    words: str, change: Change
) -> None:
    content, published = right(), Around(published=right())
    assert "substantial" not in said(content, published)
    change(content)
    assert words in said(content, published)["substantial"]
    assert "substantial" not in said(content)
    assert "substantial" not in said(content | {"substantial": True}, published)


def test_less_than_before_is_no_big_change_and_of_a_law_nobody_chooses_again() -> None:
    published = right()
    asks(published, "phone", "")
    assert "substantial" not in said(right(), Around(published=published))
    more = a_law()
    asks(more, "address", "", register="brp.address")
    assert "substantial" not in said(more, Around(published=a_law()))


def test_a_receiver_more_is_for_the_officer_to_look_at() -> None:
    content = right()
    nl(content, receivers=[*content["texts"]["nl"]["receivers"], "Stichting Buurt"])
    found = check(content, Around(published=right()))
    assert [(one.field, one.weight) for one in found] == [("substantial", Weight.WARNING)]
    assert "Stichting Buurt" in found[0].text


def a_law() -> dict[str, Any]:
    content = right() | {"ground": "law", "attributes": []}
    nl(content, law="Participatiewet, artikel 53a lid 1", disagree="Maak bezwaar.", other_way="")
    content["texts"]["en"].update(law="Participation Act, article 53a", disagree="Object.")
    return content


@pytest.mark.parametrize(
    ("field", "change"),
    [
        pytest.param("nl.law", lambda c: nl(c, law="Participatiewet"), id="no article"),
        pytest.param("nl.what_for", lambda c: nl(c, what_for="Dit mag met uw toestemming."), id="consent"),
        pytest.param("nl.disagree", lambda c: nl(c, disagree=""), id="no way to disagree"),
    ],
)
def test_a_law_names_its_article_and_the_right_that_fits_and_never_speaks_of_consent(
    field: str, change: Change
) -> None:
    assert errors(a_law()) == ()
    content = a_law()
    change(content)
    assert field in said(content)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        pytest.param("no_dpia", lambda c: c.update(no_dpia=""), id="no DPIA and no reason"),
        pytest.param("english", lambda c: c["texts"].pop("en"), id="no English"),
        pytest.param("attributes.thing", lambda c: asks(c, "thing", ""), id="only with an employee"),
        pytest.param("ground", lambda c: nl(c, what_for="Voor uw uitkering."), id="depends on us"),
        pytest.param("nl.title", lambda c: nl(c, title="Een naam " * 7), id="long name"),
    ],
)
def test_what_an_officer_should_look_at_is_a_warning_and_blocks_nothing(field: str, change: Change) -> None:
    content = right()
    change(content)
    found = check(content)
    assert field in {one.field for one in found if one.weight is Weight.WARNING}
    assert errors(content) == ()


def test_until_you_stop_is_an_end_too() -> None:
    content = right()
    content.pop("valid_months")
    nl(content, how_long="Tot u stopt.")
    assert errors(content) == ()


def test_comparing_the_bsn_of_who_is_signed_in_is_no_sharing_of_it() -> None:
    assert right()["personal"]
    assert errors(right()) == ()


def test_a_consumer_that_is_not_connected_here_is_told() -> None:
    assert "niet aangesloten" in said(filled(right(), HERE), Around({"anders": False}))["consumer"]


def test_a_fact_that_the_municipality_left_open_is_told_where_it_is_published() -> None:
    assert "[[telefoon]]" in said(right(), Around({"demo-balie": False}))["nl.contact"]


def test_content_without_a_ground_meets_one_clear_finding() -> None:
    assert [one.field for one in check({})] == ["ground"]


def test_a_text_of_a_million_letters_is_judged_in_time() -> None:
    content = right()
    nl(content, what_for="conform " * 125_000)
    assert "nl.what_for" in said(content)


def test_reading_counts_words_not_marks() -> None:
    read = reading_of("Kom langs. Wij – en alleen wij – kijken.")
    assert (read.longest, read.is_plain) == (5, True)
