"""A municipality that is new has few facts: what stands in their place fits in the sentence."""

import pytest
from django.utils.translation import override

from cms.slots import LEFT_OPEN, fill
from portal.municipalities.facts import NAMES


def test_there_are_words_for_every_fact_that_the_library_may_use():
    assert LEFT_OPEN.keys() == NAMES.keys()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Bel [[telefoon]] of mail naar [[e-mail]].",
            "Bel het telefoonnummer van de gemeente of mail naar het e-mailadres van de gemeente.",
        ),
        (
            "Een vergunning kost [[leges-dakkapel]].",
            "Een vergunning kost een bedrag dat wij u graag vertellen.",
        ),
        ("Breng het naar [[afval]].", "Breng het naar de milieustraat."),
        (
            '<li data-x="1">[[afval]] is dicht. [[balie]] niet.',
            '<li data-x="1">De milieustraat is dicht. De balie van de gemeente niet.',
        ),
        ("[[clientondersteuning]] helpt", "Een onafhankelijke cliëntondersteuner helpt"),
        ("<b>Vraag</b> [[sociaal-team]]", "<b>Vraag</b> het sociaal team van de gemeente"),
        (
            "Onze functionaris: [[functionaris-gegevensbescherming]].",
            "Onze functionaris: vraag ons wie dat is.",
        ),
        ("Kosten: [[eigen-vergaan]]", "Kosten: vraag het ons"),
    ],
)
def test_it_reads_as_a_sentence_with_a_capital_where_one_begins(text, read):
    with override("nl"):
        assert fill(text, {}) == read


def test_what_was_filled_in_stands_as_it_was_written():
    assert fill("<p>[[sociaal-team]] &amp; co", {"sociaal-team": "wijkteam <Duin>"}) == (
        "<p>wijkteam &lt;Duin&gt; &amp; co"
    )
