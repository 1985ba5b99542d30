"""To stop takes no more than to give, and to give without a wallet no more than with one.

In pages, clicks, words and how hard they are; in every theme, in both languages, for every purpose that is
given in Mijn and every way to give it. A page that takes more is mended, never the measure.
"""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction

from demo.content.purposes import PURPOSES
from demo.registers import sociaal
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.municipalities.founding import found
from portal.municipalities.models import Municipality
from portal.sharing import acts, purposes, wallet
from portal.sharing.models import Sharing
from portal.sharing.purposes import Version
from tests.fuzz.wallets import forger_of
from tests.registers.conftest import KEY, brp_fake, brp_register

from .browser import Browser
from .conftest import HELGA, Desk
from .effort import Effort, Walk
from .fake_irma import CREDENTIALS, FakeIrma, fake_irma

__all__ = ["brp_fake", "brp_register"]
pytestmark = pytest.mark.django_db(transaction=True)

WITH_WALLET, WITHOUT = ("other_device", "this_device"), ("register", "typed")
LIVES_IN = {"oeverstad": BSN("999970811")}
"""Who can prove to live there."""
PROVEN = {"email": "helga@voorbeeld.example", "mobile": "+31612345678", "name": "H. Huisman"}


@pytest.fixture
def irma() -> Iterator[FakeIrma]:
    with fake_irma() as server:
        yield server


@pytest.fixture
def helped() -> Iterator[Register]:
    """The register of who gets help already."""
    with sociaal.demo_register("token") as register:
        yield register


TEXTS: list[str] = []
"""The text messages that came."""


@pytest.fixture
def by_text() -> Iterator[Register]:
    """A text message service."""

    def comes(asked: Asked) -> Reply:
        TEXTS.append(asked.body["text"])
        return Reply(202, {})

    with Register("Sms", comes) as service:
        yield service


@pytest.fixture(params=["zandmeer", "veldrecht", "oeverstad"])
def place(
    request: pytest.FixtureRequest,
    transactional_db: None,
    irma: FakeIrma,
    brp_fake: Register,
    helped: Register,
    by_text: Register,
) -> Municipality:
    """A municipality in its own theme, with the purposes it offers in the demo."""
    slug: str = request.param
    made = found(
        slug, slug.title(), f"{slug}.localhost", "9901", slug, {"telefoon": "(0999) 12 34 56"}, fictional=True
    )
    texts = {name: written(made.name, "(0999) 12 34 56") for name, written in PURPOSES[slug].items()}
    for consumer in {text["consumer"] for text in texts.values()}:
        Desk(consumer, made)
    with acting_for(made), transaction.atomic():
        for name, text in texts.items():
            purposes.publish(name, text)
        connect("irma", "irma", irma.url, CREDENTIALS, irma.parameters)
        connect("brp", "BRP", f"{brp_fake.url}/haalcentraal/api/brp/", {"api_key": KEY},
                {"doelbinding": "BRPACT-Totaal", "verwerking": "Mijn", "gebruiker": "BurgerZelf",
                 "oin": "00000001990000000000"})  # fmt: skip
        connect("sms", "Sms", by_text.url, {"token": "t"}, {})
        connect("sociaal", "Sociaal", helped.url, {"token": "token"}, {})
    return made


def given_in_mijn(place: Municipality, language: str) -> list[Version]:
    with acting_for(place), transaction.atomic():
        return [one for one in purposes.offered(language) if one.has_a_yes and one.can_be_given_in_mijn]


def ways_of(version: Version) -> list[str]:
    ways = ["register"] if version.a_register_knows else []
    return ways + [*WITH_WALLET] * version.wallet + ["typed"] * version.may_be_typed


def gives(walk: Walk, version: Version, way: str, irma: FakeIrma) -> Effort:
    """From “Wat deel ik?” to the receipt."""
    walk.begins("/mijn/delen/").follows(version.title).presses(walk.said("Verder"))
    irma.status = (200, b'"INITIALIZED"')
    first = [] if version.needs_something else version.attributes[:1]
    needed = {f"with_{one.name}": "on" for one in [*first, *version.choices[:1]]}
    walk.presses(walk.said("Verder"), way=way, **needed)
    typed = {}
    if way in WITH_WALLET:
        at_the_phone(walk, version, way, irma)
    elif way == "typed":
        needed = {one.name: one.typed for one in version.attributes if one.typed and one.required}
        walk.presses(walk.said("Stuur mij de code"), **{name: PROVEN[name] for name in needed})
        typed = {f"code_{name}": code_by(str(kind)) for name, kind in needed.items()}
    walk.presses(walk.said("Ja, delen"), **typed, **({"sure": "on"} if version.explicit else {}))
    assert walk.browser.h1 == walk.said("Gelukt. Dit is uw bewijs")
    return walk.effort


def code_by(kind: str) -> str:
    """The code that came last."""
    found = re.search(r"\b(\d{6})\b", str(TEXTS[-1] if kind == "mobile" else mail.outbox[-1].body))
    assert found is not None
    return found[1]


def at_the_phone(walk: Walk, version: Version, way: str, irma: FakeIrma) -> None:
    """What the phone asks of its holder is not even counted."""
    if way == "other_device":
        irma.status = (200, b'"PAIRING"')
        walk.waits()
        irma.status = (200, b'"CONNECTED"')
        walk.presses(walk.said("Klaar"), code="1234")
    else:
        walk.browser.clicks += 1  # opens the app
    irma.status, irma.result = (200, b'"DONE"'), (200, proven(walk, version, irma).encode())
    if way == "this_device":
        with acting_for(walk.browser.municipality), transaction.atomic():
            acts.Disclosure.objects.update(returned=True)
    walk.waits()


def proven(walk: Walk, version: Version, irma: FakeIrma) -> str:
    """The result of the wallet for exactly what is asked now."""
    sharing = UUID(walk.browser.address.split("/delen/")[1].split("/")[0])
    with acting_for(walk.browser.municipality), transaction.atomic():
        chosen = Sharing.objects.get(id=sharing).chosen
    by_claim = {one.claim: one for one in version.attributes}
    groups = [
        [
            {
                "id": f"mijn-demo.{asked.name}", "status": "PRESENT", "issuancetime": forger_now(irma),
                "rawvalue": walk.browser.bsn.reveal() if asked.name == wallet.BSN_CLAIM
                else asked.must_equal or PROVEN[by_claim[asked.name].name],
            }
            for asked in wanted.attributes
        ]
        for wanted in wallet.request_for(version, chosen).wanted
    ]  # fmt: skip
    return forger_of(irma).with_claims(disclosed=groups).real()


def forger_now(irma: FakeIrma) -> int:
    return int(forger_of(irma).claims["iat"]) - 86_400


def stops(walk: Walk) -> Effort:
    """From “Wat deel ik?” until it is no longer shared."""
    walk.begins("/mijn/delen/").follows(walk.said("Stop met delen")).presses(walk.said("Ja, stop met delen"))
    assert walk.browser.h1 == walk.said("U deelt dit niet meer")
    return walk.effort


@pytest.mark.parametrize("language", ["nl", "en"])
def test_to_stop_takes_no_more_than_to_give_and_to_give_without_a_wallet_no_more_than_with(
    place: Municipality, language: str, irma: FakeIrma, figure: Callable[[str], None]
):
    stopping, without, walk = [], [], Walk(Browser(place, LIVES_IN.get(place.slug, HELGA)), language)
    for version in given_in_mijn(place, language):
        efforts: dict[str, Effort] = {}
        for way in ways_of(version):
            efforts[way] = gives(walk, version, way, irma)
            stopping.append((f"{version.slug}, {way}", stops(walk).over(efforts[way])))
            cache.clear()  # one resident asks for more codes than anybody
        without += [
            (f"{version.slug}, {way} ÷ {app}", efforts[way].over(efforts[app]))
            for way in WITHOUT for app in WITH_WALLET if {way, app} <= efforts.keys()
        ]  # fmt: skip
    assert stopping
    over = []
    for what, told in (("stop ÷ give", stopping), ("without wallet ÷ with", without)):
        for at, name in enumerate(("pages", "clicks", "words", "level")):
            ratio, which = max((one.parts[at], which) for which, one in told)
            figure(f"{what}, {name}: at most {ratio:.2f} of {len(told)} ({which})")
            over += [f"{what}, {name}: {ratio:.2f} ({which})"] if ratio > 1 else []
    assert not over
