"""What comes from a wallet is as old as the card that proved it, also where it is given again later."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from portal.irma.following import Stand
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from portal.sharing import acts, purposes, wallet
from portal.sharing.models import PurposeVersion
from tests.fuzz.wallets import forger_of

from .conftest import HELGA, new_session, says_yes
from .fake_irma import CREDENTIALS, FakeIrma, fake_irma

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def irma(offering) -> Iterator[FakeIrma]:
    with fake_irma() as server:
        with acting_for(offering), transaction.atomic():
            connect("irma", "irma", server.url, CREDENTIALS, server.parameters)
        yield server


def test_it_is_given_again_as_long_as_a_new_proof_with_that_card_would_count(offering, desk_at, irma, clock):
    issued = clock().replace(microsecond=0) - timedelta(days=20)
    with acting_for(offering):
        with transaction.atomic():
            content = PurposeVersion.objects.get(purpose__slug="digitaal-bericht").content
            purposes.publish("digitaal-bericht", content | {"max_age_days": 30})
            helga, version = new_session(HELGA), purposes.newest("digitaal-bericht", "nl")
            sharing = acts.begin(helga, version)
            row = acts.choose(helga, sharing.id, [])
            attempt = acts.ask(helga, sharing.id, "this_device")
        wallet.start(attempt, version, row.chosen, "http://zandmeer.localhost/terug")
        attempt.returned = True
        proof = forger_of(irma)
        shown = {"id": "mijn-demo.sidn-pbdf.email.email", "rawvalue": "h@voorbeeld.example",
                 "status": "PRESENT", "issuancetime": int(issued.timestamp())}  # fmt: skip
        irma.status = (200, b'"DONE"')
        irma.result = (200, proof.with_claims(disclosed=[[shown]]).real().encode())
        assert wallet.look(helga, attempt, version, row.chosen) is Stand.PROVEN
        with transaction.atomic():
            grant = says_yes(helga, sharing.id)
        assert (grant.proven, grant.proven_by) == (issued, "this_device")

        for moment, counts in (
            (issued + timedelta(days=30), ["email"]),
            (clock() + timedelta(days=11), None),
        ):
            clock.time = moment
            with transaction.atomic():
                assert acts.known_again(grant, grant.version) == counts
