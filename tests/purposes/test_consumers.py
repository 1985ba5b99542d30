"""Consumers are registered by one officer and confirmed by another; a purpose then reaches its receiver."""

import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa, x448
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.test import Client, override_settings
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from cms.purposes.consumer_forms import mark_of
from demo.consumer import public_keys
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.consumer_keys import NotAKey, fingerprint, read
from portal.sharing.consumers_registered import Registered, as_it_is, widens
from portal.sharing.models import Consumer, ConsumerChange
from portal.sharing.purposes import making
from portal.sharing.purposes.making import Person, Role
from portal.sharing.purposes.own import OWN, check_here
from tests.api.test_tokens import token
from tests.cms.conftest import editor, loaded, sites
from tests.sharing.conftest import HELGA, gives, new_session

from .conftest import right
from .test_pages import form_of, text

__all__ = ["editor", "loaded", "sites"]

Editor = Callable[[str], Client]
Z, AFNEMERS = "/admin/doelen/zandmeer/", "/admin/doelen/zandmeer/afnemers/"
KEY, NEXT = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()


def pem(key: Any) -> str:
    return str(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


def secret(key: Any) -> str:
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def filled_in(**other: Any) -> dict[str, Any]:
    asked = {"name": "Wijkteam Noord", "slug": "wijkteam-noord", "kind": "public", "new_key": pem(KEY)}
    return {**asked, **other}


def assertion(host: str, key: Ed25519PrivateKey, kid: str) -> str:
    now = int(time.time())
    claims = {
        "iss": "wijkteam-noord", "sub": "wijkteam-noord", "aud": f"http://{host}/api/v1",
        "iat": now, "exp": now + 60, "jti": str(uuid4()),
    }  # fmt: skip
    return jwt.api_jws.encode(json.dumps(claims).encode(), key, "EdDSA", {"kid": kid})


@pytest.fixture
def two(editor: Editor) -> tuple[Client, Client]:
    """The officer of Zandmeer and her colleague."""
    olga = get_user_model().objects.create(username="olga", first_name="Olga")
    olga.groups.add(Group.objects.get(name="Privacy Zandmeer"))
    return editor("ingrid"), editor("olga")


@pytest.fixture
def zandmeer_site(sites: dict[str, Municipality]) -> Municipality:
    return sites["zandmeer"]


@pytest.fixture
def registered(two: tuple[Client, Client], zandmeer_site: Municipality) -> Consumer:
    """The team, asked for by the one and agreed to by the other."""
    ingrid, olga = two
    proposal = str(ingrid.post(f"{AFNEMERS}nieuw/", filled_in())["Location"])
    olga.post(proposal, {"step": "agree"})
    return known(zandmeer_site)


def known(municipality: Municipality) -> Consumer:
    with acting_for(municipality):
        return Consumer.objects.get(slug="wijkteam-noord")


def as_filled_in(row: Consumer, **other: Any) -> dict[str, Any]:
    now = {"name": row.name, "kind": row.kind, "purposes": row.purposes, "events_url": row.events_url}
    seen = mark_of(as_it_is(row))
    return {**now, "return_urls": "\n".join(row.return_urls), "seen": seen, **other}


def published(joke: Client, ingrid: Client, municipality: Municipality) -> str:
    """A purpose as it is made in the CMS, read by the team; the page where its editor chose it."""
    writer = Person(get_user_model().objects.get(username="joke").pk, "Joke", frozenset({Role.EDITOR}))
    with acting_for(municipality), transaction.atomic():
        draft = making.begin(OWN, "maatje-18", right(), writer)
    address = f"{Z}concept/{draft.id}/"
    joke.post(address, form_of(joke.get(address), consumer="wijkteam-noord"))
    chosen = text(joke.get(address))
    joke.post(f"{address}stap/", {"step": "offer"})
    ingrid.post(f"{address}stap/", {"step": "approve", "seen": "2", "free": "1"})
    ingrid.post(f"{address}stap/", {"step": "publish"})
    return chosen


class TestReachingItsReceiver:
    pytestmark = pytest.mark.django_db

    def test_what_is_given_under_a_purpose_made_in_the_cms_is_read_by_who_it_names(
        self, editor, two, zandmeer_site, registered
    ):
        chosen = published(editor("joke"), two[0], zandmeer_site)
        assert "Met publiceren krijgt het dat recht" in chosen
        host = zandmeer_site.host
        with acting_for(zandmeer_site), transaction.atomic():
            grant = gives(new_session(HELGA), "maatje-18", {"over18": "yes"}).id
        answer = token(host, assertion(host, KEY, registered.jwks["keys"][0]["kid"]))
        bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        api = Client(headers={"host": host})
        events = api.get("/api/v1/gebeurtenissen?na=0", headers=bearer).json()["gebeurtenissen"]
        assert [str(grant)] == [one["toestemming"] for one in events]
        read_now = {**bearer, "Idempotency-Key": str(uuid4())}
        said = api.post(f"/api/v1/toestemmingen/{grant}/gebruik", headers=read_now)
        assert (said.status_code, said.json()["gegevens"]) == (200, {"over18": "yes"})

    def test_the_page_says_who_wrote_and_who_approved_what_it_may_read(
        self, editor, two, zandmeer_site, registered
    ):
        published(editor("joke"), two[0], zandmeer_site)
        assert known(zandmeer_site).purposes == ["maatje-18"]
        page = text(two[0].get(f"{AFNEMERS}{registered.id}/"))
        assert "Joke vroeg dit. Ingrid keurde het goed." in page
        assert "Doelen: van niets naar" in page

    def test_an_editor_is_told_before_publishing_that_nobody_registered_the_receiver(
        self, editor, zandmeer_site
    ):
        with acting_for(zandmeer_site):
            found = check_here("maatje-18", {**right(), "consumer": "wijkteam-noord"})
        assert "meldt het aan" in next(one.text for one in found if one.field == "consumer")

    def test_an_editor_is_told_that_the_receiver_was_stopped(self, zandmeer_site, two, registered):
        two[0].post(f"{Z}gebruik/{registered.id}/", {"stop": "1", "why": "Het las te veel."})
        with acting_for(zandmeer_site):
            found = check_here("maatje-18", {**right(), "consumer": "wijkteam-noord"})
        assert "stopgezet" in " ".join(one.text for one in found if one.field == "consumer")

    def test_what_it_may_read_already_is_written_down_no_second_time(
        self, editor, two, zandmeer_site, registered
    ):
        joke, ingrid = editor("joke"), two[0]
        published(joke, ingrid, zandmeer_site)
        again = str(joke.post(f"{Z}vernieuwen/", {"purpose": "maatje-18"})["Location"])
        joke.post(again, form_of(joke.get(again), **{"nl-stays": "Er blijft niets over."}))
        joke.post(f"{again}stap/", {"step": "offer"})
        ingrid.post(f"{again}stap/", {"step": "approve", "seen": "2", "free": "1"})
        ingrid.post(f"{again}stap/", {"step": "publish"})
        with acting_for(zandmeer_site):
            assert ConsumerChange.objects.count() == 2  # registered, and its purpose


class TestTwoPeople:
    pytestmark = pytest.mark.django_db

    def test_who_registers_does_not_agree_and_nothing_works_until_another_does(self, two, zandmeer_site):
        ingrid, olga = two
        proposal = str(ingrid.post(f"{AFNEMERS}nieuw/", filled_in())["Location"])
        own = ingrid.post(proposal, {"step": "agree"}, follow=True)
        assert "Een andere privacy-functionaris moet het goedkeuren" in text(own)
        with acting_for(zandmeer_site):
            assert not Consumer.objects.exists()
        olga.post(proposal, {"step": "agree"})
        assert known(zandmeer_site).jwks["keys"][0]["alg"] == "EdDSA"

    def test_a_new_key_waits_and_works_beside_the_old_one_until_that_is_taken_away(
        self, two, zandmeer_site, registered
    ):
        ingrid, olga = two
        host, page = zandmeer_site.host, f"{AFNEMERS}{registered.id}/wijzig/"
        new = json.dumps({**public_keys(NEXT)["keys"][0], "kid": "2"})
        old = registered.jwks["keys"][0]["kid"]
        proposal = str(ingrid.post(page, as_filled_in(registered, new_key=new))["Location"])
        assert token(host, assertion(host, NEXT, "2")).status_code == 401
        olga.post(proposal, {"step": "agree"})
        assert token(host, assertion(host, NEXT, "2")).status_code == 200
        assert token(host, assertion(host, KEY, old)).status_code == 200
        ingrid.post(page, as_filled_in(known(zandmeer_site), **{"away-0": "on"}))
        assert token(host, assertion(host, KEY, old)).status_code == 401
        assert token(host, assertion(host, NEXT, "2")).status_code == 200

    @pytest.mark.parametrize(
        "more",
        [
            {"events_url": "http://127.0.0.1:9/events"},
            {"return_urls": "https://wijkteam.example/terug"},
            {"name": "Gemeente Zandmeer"},
            {"kind": "private"},
        ],
    )
    def test_more_or_another_waits_for_a_second_person(self, two, zandmeer_site, registered, more):
        answer = two[0].post(f"{AFNEMERS}{registered.id}/wijzig/", as_filled_in(registered, **more))
        assert "/voorstel/" in answer["Location"]
        now = known(zandmeer_site)
        assert (now.name, now.kind, now.events_url, now.return_urls) == ("Wijkteam Noord", "public", "", [])

    def test_a_purpose_is_taken_away_at_once(self, editor, two, zandmeer_site, registered):
        published(editor("joke"), two[0], zandmeer_site)
        less = as_filled_in(known(zandmeer_site), purposes=[])
        two[0].post(f"{AFNEMERS}{registered.id}/wijzig/", less)
        assert known(zandmeer_site).purposes == []
        assert "Ingrid nam iets weg." in text(two[0].get(f"{AFNEMERS}{registered.id}/"))

    def test_a_second_tab_takes_back_nothing_that_was_saved_meanwhile_and_keeps_what_was_typed(
        self, editor, two, zandmeer_site, registered
    ):
        page = f"{AFNEMERS}{registered.id}/wijzig/"
        published(editor("joke"), two[0], zandmeer_site)
        in_a_tab = as_filled_in(known(zandmeer_site), return_urls="https://wijkteam.example/terug")
        two[0].post(page, as_filled_in(known(zandmeer_site), purposes=[]))
        told = text(two[0].post(page, in_a_tab))
        assert "De afnemer is intussen veranderd." in told
        assert "https://wijkteam.example/terug" in told
        assert known(zandmeer_site).purposes == []
        again = in_a_tab | {"purposes": [], "seen": mark_of(as_it_is(known(zandmeer_site)))}
        assert "/voorstel/" in two[0].post(page, again)["Location"]

    def test_only_one_of_this_municipalitys_purposes_can_be_chosen(self, two, registered):
        answer = two[0].post(
            f"{AFNEMERS}{registered.id}/wijzig/", as_filled_in(registered, purposes=["bestaat-niet"])
        )
        assert answer.context["form"].errors["purposes"]

    def test_a_wish_about_what_has_changed_since_is_not_agreed_to(
        self, editor, two, zandmeer_site, registered
    ):
        ingrid, olga = two
        more = as_filled_in(registered, events_url="http://127.0.0.1:9/")
        proposal = str(ingrid.post(f"{AFNEMERS}{registered.id}/wijzig/", more)["Location"])
        published(editor("joke"), ingrid, zandmeer_site)
        assert "intussen veranderd" in text(olga.post(proposal, {"step": "agree"}, follow=True))
        assert known(zandmeer_site).events_url == ""

    def test_one_wish_at_a_time(self, two, zandmeer_site, registered):
        page = f"{AFNEMERS}{registered.id}/wijzig/"
        two[0].post(page, as_filled_in(registered, events_url="http://127.0.0.1:9/"))
        again = two[1].post(page, as_filled_in(registered, events_url="http://127.0.0.1:8/"))
        assert "Er wacht al een wijziging" in text(again)

    def test_a_wish_that_was_thrown_away_changes_nothing_any_more(self, two, zandmeer_site):
        ingrid, olga = two
        proposal = str(ingrid.post(f"{AFNEMERS}nieuw/", filled_in())["Location"])
        olga.post(proposal, {"step": "reject"})
        assert "Hierover is al beslist" in text(olga.post(proposal, {"step": "agree"}, follow=True))
        with acting_for(zandmeer_site):
            assert not Consumer.objects.exists()

    def test_a_name_that_is_taken_is_told(self, two, registered):
        assert "Kies een andere" in text(two[0].post(f"{AFNEMERS}nieuw/", filled_in()))

    def test_the_database_refuses_one_person_for_both_and_any_change_of_the_past(
        self, two, zandmeer_site, registered
    ):
        with acting_for(zandmeer_site):
            for sql in (
                "UPDATE sharing_consumerchange SET by_name = 'X'",
                "DELETE FROM sharing_consumerchange",
            ):
                with (
                    pytest.raises(DatabaseError, match="never change"),
                    transaction.atomic(),
                    connection.cursor() as cursor,
                ):
                    cursor.execute(sql)
        two[0].post(f"{AFNEMERS}{registered.id}/wijzig/", as_filled_in(registered, name="Anders"))
        with acting_for(zandmeer_site):
            made = ConsumerChange.objects.get(decided=None)
            made.agreed, made.decided, made.decided_by = True, made.at, made.by
            with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
                made.save()
            made.agreed, made.decided, made.decided_by = None, None, None
            made.wanted = {**made.wanted, "name": "Heel anders"}
            with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
                made.save()


class TestWhoAndWhere:
    pytestmark = pytest.mark.django_db

    @pytest.mark.parametrize("who", ["joke", "wim", "roel", "karim"])
    def test_only_the_officers_of_this_municipality_come_here(self, editor, registered, who):
        browser = editor(who)
        for path in ("", "nieuw/", f"{registered.id}/", f"{registered.id}/wijzig/"):
            assert browser.get(AFNEMERS + path).status_code == 404
            assert browser.post(AFNEMERS + path, filled_in(slug="anders")).status_code in (404, 405)

    def test_a_consumer_of_one_municipality_is_nowhere_in_another(self, editor, two, sites, registered):
        two[0].post(f"{AFNEMERS}{registered.id}/wijzig/", as_filled_in(registered, name="Anders"))
        with acting_for(sites["zandmeer"]):
            proposal = ConsumerChange.objects.get(decided=None).id
        there = "/admin/doelen/veldrecht/afnemers/"
        assert "Wijkteam Noord" not in text(two[0].get(there))
        for path in (f"{registered.id}/", f"{registered.id}/wijzig/", f"voorstel/{proposal}/"):
            assert two[0].get(there + path).status_code == 404
            assert two[0].post(there + path, {"step": "agree"}).status_code in (404, 405)

    def test_an_officer_stops_it_and_lets_it_go_on_from_its_page(self, two, zandmeer_site, registered):
        page, act = f"{AFNEMERS}{registered.id}/", f"{Z}gebruik/{registered.id}/"
        stopped = two[0].post(act, {"stop": "1", "why": "Het las te veel.", "back": "consumer"})
        assert stopped["Location"] == page
        assert "Ingrid stopte Wijkteam Noord. Het las te veel." in text(two[0].get(page))
        two[0].post(act, {"why": "Het is uitgezocht.", "back": "consumer"})
        assert known(zandmeer_site).blocked is None

    @override_settings(OUTGOING_HOSTS=["wijkteam.example"])
    @pytest.mark.parametrize(
        ("address", "taken"),
        [
            ("https://wijkteam.example/events", True),
            ("https://elders.example/events", False),
            ("http://wijkteam.example/events", False),
            ("https://wijkteam.example\\@elders.example/", False),
            ("javascript:alert(1)", False),
        ],
    )
    def test_events_go_to_the_operators_hosts_only(self, two, sites, address, taken):
        answer = two[0].post(f"{AFNEMERS}nieuw/", filled_in(events_url=address))
        assert (answer.status_code == 302) == taken

    @pytest.mark.parametrize(
        "address", ["http://wijkteam.example/", "javascript:x", "https://a:b@c.example/"]
    )
    def test_a_resident_is_sent_back_to_safe_addresses_only(self, two, sites, address):
        answer = two[0].post(f"{AFNEMERS}nieuw/", filled_in(return_urls=address))
        assert answer.context["form"].errors["return_urls"]

    def test_a_secret_key_is_refused_and_comes_back_on_no_screen(self, two, zandmeer_site):
        pasted = secret(KEY)
        page = text(two[0].post(f"{AFNEMERS}nieuw/", filled_in(new_key=pasted)))
        assert "Dit is een geheime sleutel" in page
        assert pasted.splitlines()[1] not in page
        with acting_for(zandmeer_site):
            assert not ConsumerChange.objects.exists()

    def test_the_same_key_twice_and_no_key_at_all_are_told(self, two, registered):
        page = f"{AFNEMERS}{registered.id}/wijzig/"
        twice = two[0].post(page, as_filled_in(registered, new_key=pem(KEY)))
        none = two[0].post(page, as_filled_in(registered, **{"away-0": "on"}))
        assert twice.context["form"].errors["new_key"]
        assert none.context["form"].errors["new_key"]


RSA = rsa.generate_private_key(65537, 2048)
P256, P384 = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1())


class TestKeys:
    @pytest.mark.parametrize(
        ("pasted", "algorithm"),
        [
            (pem(KEY), "EdDSA"),
            (pem(P256), "ES256"),
            (pem(RSA), "PS256"),
            (OKPAlgorithm.to_jwk(KEY.public_key()), "EdDSA"),
            (ECAlgorithm.to_jwk(P256.public_key()), "ES256"),
            (RSAAlgorithm.to_jwk(RSA.public_key()), "PS256"),
            (json.dumps(public_keys(KEY)), "EdDSA"),
        ],
        ids=["PEM Ed25519", "PEM P-256", "PEM RSA", "JWK Ed25519", "JWK P-256", "JWK RSA", "JWKS"],
    )
    def test_a_public_key_is_read_bare(self, pasted, algorithm):
        (kept,) = read(pasted)
        assert kept["alg"] == jwt.PyJWK(kept).algorithm_name == algorithm
        assert set(kept) <= {"kty", "crv", "x", "y", "n", "e", "use", "alg", "kid"}

    @pytest.mark.parametrize(
        ("pasted", "why"),
        [
            (secret(KEY), NotAKey.PRIVATE),
            (OKPAlgorithm.to_jwk(KEY), NotAKey.PRIVATE),
            (RSAAlgorithm.to_jwk(RSA), NotAKey.PRIVATE),
            (json.dumps({"keys": [json.loads(ECAlgorithm.to_jwk(P256))]}), NotAKey.PRIVATE),
            (json.dumps({"kty": "oct", "k": "AAAA"}), NotAKey.PRIVATE),
            (pem(P384), NotAKey.OTHER),
            (pem(x448.X448PrivateKey.generate()), NotAKey.OTHER),
            (pem(rsa.generate_private_key(65537, 1024)), NotAKey.OTHER),
            (json.dumps({"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}), NotAKey.OTHER),
            (json.dumps({**public_keys(KEY)["keys"][0], "kid": "a\0"}), NotAKey.OTHER),
            (json.dumps({"keys": []}), NotAKey.OTHER),
            (json.dumps({"keys": "x"}), NotAKey.OTHER),
            ("[1]", NotAKey.OTHER),
            ("7", NotAKey.OTHER),
            ("-----BEGIN X-----", NotAKey.OTHER),
            ("[" * 19_000, NotAKey.OTHER),
            ("x" * 30_000, NotAKey.OTHER),
            ("", NotAKey.OTHER),
        ],
    )
    def test_anything_else_is_refused_with_the_reason(self, pasted, why):
        with pytest.raises(NotAKey, match=why):
            read(pasted)

    def test_the_fingerprint_is_that_of_the_rfc(self):
        """RFC 8037, appendix A.3."""
        key = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
        assert fingerprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_taking_away_is_the_only_thing_that_widens_nothing():
    now = Registered(
        "Team", "public", "", [{"kid": "1"}, {"kid": "2"}], ["a", "b"], "https://a/", ["https://b/"]
    )
    less = Registered("Team", "public", "", [{"kid": "2"}], ["a"], "", [])
    assert not widens(now, less)
    assert widens(less, now)
    assert widens(None, less)
