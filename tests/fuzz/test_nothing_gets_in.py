"""Ten thousand calls that nobody should make (a thousand in `make test`) change nothing, break nothing and
leave nothing of theirs in the log; and after each thousand, what is right is still answered.
"""

import json
import logging
from collections.abc import Iterator
from random import Random
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from portal.sharing import acts, wallet
from portal.sharing.models import Disclosure
from tests.accounts.conftest import connect_provider
from tests.accounts.forgeries import CLIENT
from tests.accounts.rogue import Rogue, rogue_provider
from tests.api.conftest import System
from tests.sharing.fake_irma import CREDENTIALS, FakeIrma, fake_irma

from .calling import api_calls
from .conftest import Fuzz
from .fetching import token_calls
from .providers import logouts, returns
from .visiting import places, visits
from .wallets import forger_of, results
from .watch import CANARY, fingerprint, watched_log
from .wire import Answer, Call
from .world import World, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 5


def sent(fuzz: Fuzz, calls: Iterator[Call]):
    """The next of these calls, sent."""

    def ask(_count: int) -> tuple[Call, Answer]:
        call = next(calls)
        return call, fuzz.wire.send(call)

    return ask


def test_no_forged_or_used_signature_gets_a_token(fuzz: Fuzz):
    calls = token_calls(fuzz.world, Random(SEED))
    assert fuzz.wire.send(next(calls)).status == 200
    fuzz.run("tokens", sent(fuzz, calls))
    assert fuzz.wire.send(next(token_calls(fuzz.world, Random(SEED)))).status == 200


def test_no_operation_does_anything_for_who_may_not_or_with_what_it_may_not(fuzz: Fuzz):
    client = Client(HTTP_HOST=fuzz.world.here.host)
    contract = json.loads(client.get("/api/v1/openapi.json").content)
    calls = api_calls(fuzz.world, Random(SEED), contract)
    assert fuzz.wire.send(next(calls)).status == 200
    fuzz.run("operations", sent(fuzz, calls))
    reads = System(fuzz.world.desk).call("POST", f"toestemmingen/{fuzz.world.grant.id}/gebruik")
    assert reads.status_code == 200


@pytest.fixture
def irma(fuzz: Fuzz) -> Iterator[FakeIrma]:
    """The sharing under way waits for this server."""
    with fake_irma() as server:
        with acting_for(fuzz.world.here):
            with transaction.atomic():
                connect("irma", "irma", server.url, CREDENTIALS, server.parameters)
                row = acts.own(fuzz.world.session, fuzz.world.sharing)
                attempt, version = Disclosure.objects.get(sharing=row), acts.version_of(row)
            wallet.start(attempt, version, row.chosen, None)
        yield server


def test_no_wallets_result_counts_but_the_right_one(fuzz: Fuzz, irma: FakeIrma):
    world, said = fuzz.world, results(irma, Random(SEED))
    stand = Call("", "GET", f"/mijn/delen/{world.sharing}/stand/".encode(), world.here.host,
                 headers={"Cookie": f"__Host-mijn={world.cookie}"}, may_be_answered=True)  # fmt: skip
    with acting_for(world.here), transaction.atomic():
        waiting = Disclosure.objects.values().get(sharing=world.sharing)

    def ask(_count: int) -> tuple[Call, Answer]:
        what, irma.status, irma.result = next(said)
        answer = fuzz.wire.send(stand)
        assert json.loads(answer.body)["stand"] != "proven", f"{what}: {irma.status} {irma.result[1][:300]!r}"
        with acting_for(world.here), transaction.atomic():
            mine = Disclosure.objects.filter(id=waiting["id"], values=None)
            # That this attempt failed and why is all that is written down; it may try again.
            assert mine.update(outcome="", wallet_session=waiting["wallet_session"]) == 1, what
        return stand, answer

    fuzz.run("wallet", ask)
    good = forger_of(irma, **{"sidn-pbdf__email__email": "helga@post.example"})
    irma.status, irma.result = (200, b'"DONE"'), (200, good.real().encode())
    assert json.loads(fuzz.wire.send(stand).body)["stand"] == "proven"


@pytest.fixture
def rogue(fuzz: Fuzz) -> Iterator[Rogue]:
    """The municipality's identity provider."""
    with rogue_provider() as provider:
        connect_provider(fuzz.world.here, provider.url, CLIENT)
        yield provider


def test_no_forged_sign_out_ends_a_session(fuzz: Fuzz, rogue: Rogue):
    with acting_for(fuzz.world.here), transaction.atomic():
        from portal.accounts.sign_in import provider

        signed_in(fuzz.world.here, provider().connection.id)
    fuzz.run("sign_out", sent(fuzz, logouts(fuzz.world, rogue, Random(SEED))))


def test_no_forged_way_back_begins_a_session(fuzz: Fuzz, rogue: Rogue):
    from tests.accounts.asking import KEYS

    rogue.jwks = KEYS
    fuzz.run("way_back", sent(fuzz, returns(fuzz.world, rogue, Random(SEED))))


def test_no_address_of_any_host_does_anything_for_nobody_or_without_the_forms_secret(
    fuzz: Fuzz, rogue: Rogue
):
    chance, world = Random(SEED), fuzz.world
    hosts = [
        visits(world, chance, world.here.host, settings.ROOT_URLCONF),
        visits(world, chance, settings.COUNTER_HOST, "portal.counter.urls"),
        visits(world, chance, settings.CMS_HOST, "cms.urls"),
    ]

    def calls() -> Iterator[Call]:
        while True:
            yield next(chance.choices(hosts, [6, 2, 2])[0])

    fuzz.run("addresses", sent(fuzz, calls()))


def test_every_address_of_the_product_is_known_to_the_visits():
    routes = {place.route for place in places(settings.ROOT_URLCONF)}
    assert {"mijn/delen/stoppen/<uuid:grant>/", "mijn/uitloggen/", "api/v1/token"} <= routes
    assert "helpen/<uuid:help_id>/ja-of-nee/" in {one.route for one in places("portal.counter.urls")}


def test_a_change_anywhere_and_a_payload_in_the_log_would_be_seen(world: World):
    before = fingerprint(world.places)
    with acting_for(world.here), transaction.atomic():
        Disclosure.objects.filter(sharing=world.sharing).update(return_reference=uuid4().hex)
    now = fingerprint(world.places)
    assert [name for name in now if now[name] != before[name]] == ["zandmeer sharing_disclosure"]
    with watched_log() as log:
        logging.getLogger("portal.sharing").warning("not so: %s", CANARY)
    assert len(log.with_any_of([CANARY])) == 1
