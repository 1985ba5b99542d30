"""Signing in and out as a resident does, over HTTP, with the demo's own identity provider beside the site."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction

from demo.content.residents import HELGA
from portal.accounts.models import ResidentSession, SignIn
from portal.accounts.sign_in import safe_path
from portal.accounts.standing import Standing
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality

from .browser import Browser
from .conftest import Identity, Site, goes_to_provider, sessions_of, signs_in

COOKIE = "__Host-mijn"


def test_a_resident_comes_in_and_sees_name_and_level(town: Site, visitor: Browser) -> None:
    page = signs_in(visitor, town)

    assert page.status_code == 200
    assert str(page.url) == town.url("/mijn/")
    assert "Helga Huisman" in page.text
    assert "Substantieel" in page.text


def test_the_way_in_ends_where_the_resident_wanted_to_be_and_in_that_language(
    town: Site, visitor: Browser
) -> None:
    page = signs_in(visitor, town, path="/en/mijn/delen/")

    assert str(page.url) == town.url("/en/mijn/delen/")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elders.example/mijn/", "//elders.example/mijn/", "/mijn/\\elders", "/beheer/",
        "/mijn/uitloggen/", "javascript:alert(1)", "/mijn/\x00", "/mijn/\r\nX: 1", "/mijn/" + "a" * 600,
    ],
)  # fmt: skip
def test_an_address_that_is_no_page_of_mijn_becomes_the_first_page(elsewhere: str) -> None:
    assert safe_path(elsewhere) == "/mijn/"


def test_a_higher_level_is_shown(town: Site, visitor: Browser) -> None:
    assert "Hoog" in signs_in(visitor, town, level="hoog").text


def test_a_level_that_is_too_low_ends_on_a_page_that_says_so(
    town: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    page = signs_in(visitor, town, level="basis")

    assert page.status_code == 403
    assert "hoger niveau" in page.text
    assert visitor.cookie(COOKIE) is None
    assert sessions_of(zandmeer) == 0


def test_who_stops_at_the_provider_meets_no_error(town: Site, visitor: Browser) -> None:
    page = visitor.submit(goes_to_provider(visitor, town), cancel="1")

    assert page.status_code == 200
    assert "Dat geeft niet" in page.text
    assert visitor.cookie(COOKIE) is None


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.MINOR, "vanaf 18 jaar"),
        (Standing.CURATELE, "curator"),
        (Standing.DECEASED, "Wij leven met u mee"),
        (Standing.MOVED_AWAY, "naar het buitenland"),
        (Standing.NOT_RESIDENT, "niet ingeschreven in Zandmeer"),
        (Standing.UNKNOWN, "Dat ligt niet aan u"),
        (Standing.SILENT, "Dat ligt niet aan u"),
    ],
)
def test_who_may_not_go_on_meets_a_kind_page_with_a_phone_number_and_leaves_nothing(
    town: Site,
    visitor: Browser,
    zandmeer: Municipality,
    at_the_door: list[Standing],
    standing: Standing,
    words: str,
) -> None:
    at_the_door[0] = standing

    page = signs_in(visitor, town)

    assert page.status_code == (503 if standing in (Standing.UNKNOWN, Standing.SILENT) else 403)
    assert words in page.text
    assert "(0999) 12 34 56" in page.text
    assert "Log ook uit bij de inlogdienst" in page.text
    assert visitor.cookie(COOKIE) is None
    assert sessions_of(zandmeer) == 0


def test_that_page_is_in_the_language_of_the_visit(
    town: Site, visitor: Browser, at_the_door: list[Standing]
) -> None:
    at_the_door[0] = Standing.MINOR

    assert '<html lang="en"' in signs_in(visitor, town, path="/en/mijn/").text


def test_cookies_belong_to_this_host_alone_and_to_no_script(town: Site, visitor: Browser) -> None:
    begun = visitor.submit(visitor.get(town.url()), follow=False)
    page = visitor.submit(visitor.get(begun.headers["location"]), person="helga-huisman")
    set_here = {**visitor.cookies_set_by(begun), **visitor.cookies_set_by(page)}

    for name in ("__Host-inloggen", COOKIE):
        line = set_here[name].lower()
        assert "; secure" in line
        assert "; httponly" in line
        assert "; samesite=lax" in line
        assert "; path=/" in line
        assert "domain" not in line


def test_a_planted_cookie_never_becomes_a_session(town: Site, visitor: Browser) -> None:
    visitor.cookies.set(COOKIE, "planted", domain="zandmeer.localhost", path="/")

    signs_in(visitor, town)

    assert visitor.cookie(COOKIE) not in (None, "planted")


def test_each_sign_in_has_a_cookie_of_its_own(town: Site, visitor: Browser, other_visitor: Browser) -> None:
    signs_in(visitor, town)
    signs_in(other_visitor, town)

    assert visitor.cookie(COOKIE) != other_visitor.cookie(COOKIE)


def test_a_session_of_one_municipality_is_nobody_at_another(town: Site, visitor: Browser) -> None:
    signs_in(visitor, town)
    value = visitor.cookie(COOKIE) or ""

    visitor.cookies.set(COOKIE, value, domain="veldrecht.localhost", path="/")
    page = visitor.get(town.url("/mijn/", "veldrecht.localhost"))

    assert "/mijn/inloggen/" in str(page.url)


def _address_back(visitor: Browser, town: Site) -> str:
    """Where the provider sends this browser, not followed."""
    people = goes_to_provider(visitor, town)
    answer = visitor.submit(people, follow=False, person="helga-huisman", level="substantieel")
    return answer.headers["location"]


def test_an_answer_counts_only_in_the_browser_that_asked(
    town: Site, visitor: Browser, other_visitor: Browser
) -> None:
    page = other_visitor.get(_address_back(visitor, town))

    assert page.status_code == 403
    assert "Inloggen is niet gelukt" in page.text
    assert other_visitor.cookie(COOKIE) is None


def test_an_answer_counts_once(town: Site, visitor: Browser) -> None:
    address = _address_back(visitor, town)
    assert visitor.get(address).status_code == 200

    visitor.cookies.delete(COOKIE)
    page = visitor.get(address)

    assert page.status_code == 403
    assert visitor.cookie(COOKIE) is None


def test_who_loads_the_answer_again_while_signed_in_is_simply_in(town: Site, visitor: Browser) -> None:
    address = _address_back(visitor, town)
    visitor.get(address)

    assert str(visitor.get(address).url) == town.url("/mijn/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "x" * 43), ("state", ""), ("code", "x"), ("code", ""),
        ("iss", "https://elders.example"), ("iss", ""),
    ],
)  # fmt: skip
def test_an_answer_that_was_changed_on_the_way_is_refused(
    town: Site, visitor: Browser, zandmeer: Municipality, name: str, value: str
) -> None:
    parts = urlsplit(_address_back(visitor, town))
    fields = {key: values[0] for key, values in parse_qs(parts.query).items()}

    page = visitor.get(town.url(parts.path), params={**fields, name: value})

    assert page.status_code == 403
    assert visitor.cookie(COOKIE) is None
    assert sessions_of(zandmeer) == 0


def test_an_answer_that_does_not_say_who_answers_is_refused_as_the_provider_promised_to(
    town: Site, visitor: Browser
) -> None:
    address = _address_back(visitor, town)

    assert visitor.get(address.partition("&iss=")[0]).status_code == 403


def test_the_code_alone_is_nothing_without_the_verifier(
    town: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    address = _address_back(visitor, town)
    with acting_for(zandmeer), transaction.atomic():
        SignIn.objects.update(verifier=_verifier_of_another(zandmeer))

    assert visitor.get(address).status_code == 403


def _verifier_of_another(zandmeer: Municipality) -> bytes:
    from portal.municipalities.crypto import encrypt

    row = SignIn.objects.get()
    return encrypt(b"z" * 43, table="accounts_signin", column="verifier", row=row.id)


def test_the_nonce_must_be_this_sign_in_s(town: Site, visitor: Browser, zandmeer: Municipality) -> None:
    address = _address_back(visitor, town)
    with acting_for(zandmeer), transaction.atomic():
        SignIn.objects.update(nonce="n" * 43)

    assert visitor.get(address).status_code == 403


def test_nothing_of_a_sign_in_is_left_behind(town: Site, visitor: Browser, zandmeer: Municipality) -> None:
    signs_in(visitor, town)

    with acting_for(zandmeer), transaction.atomic():
        assert SignIn.objects.count() == 0


def test_signing_out_ends_it_here_and_at_the_provider(
    town: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    page, cookie = signs_in(visitor, town), visitor.cookie(COOKIE) or ""

    leaving = visitor.post_form(page, "/mijn/uitloggen/")
    asks = visitor.get(leaving.refresh)
    end = visitor.submit(asks)

    assert sessions_of(zandmeer) == 0
    assert str(end.url) == town.url("/mijn/uitgelogd/") + "?state=nl"
    assert "U bent uitgelogd" in end.text
    assert "Verder als" not in goes_to_provider(visitor, town).text
    visitor.cookies.set(COOKIE, cookie, domain="zandmeer.localhost", path="/")
    assert "/mijn/inloggen/" in str(visitor.get(town.url()).url)


def test_no_token_and_no_bsn_stands_in_an_address_or_in_the_provider_s_log(
    town: Site, visitor: Browser, identity: Identity
) -> None:
    page = signs_in(visitor, town)
    leaving = visitor.post_form(page, "/mijn/uitloggen/")
    addresses = [str(one.url) for one in [*page.history, page]] + [leaving.refresh]

    assert not any("eyJ" in address or HELGA.bsn in address for address in addresses)
    assert HELGA.bsn not in identity.log
    assert "code=" not in identity.log


def test_signing_out_needs_more_than_a_link(town: Site, visitor: Browser) -> None:
    signs_in(visitor, town)

    assert visitor.get(town.url("/mijn/uitloggen/")).status_code == 405
    assert visitor.post(town.url("/mijn/uitloggen/")).status_code == 403  # no CSRF token
    assert "Helga" in visitor.get(town.url()).text


def test_signing_out_on_one_device_ends_the_others_too(
    town: Site, visitor: Browser, other_visitor: Browser
) -> None:
    page = signs_in(visitor, town)
    signs_in(other_visitor, town)

    visitor.post_form(page, "/mijn/uitloggen/")

    assert "/mijn/inloggen/" in str(other_visitor.get(town.url()).url)


def test_somebody_else_s_session_stays(town: Site, visitor: Browser, other_visitor: Browser) -> None:
    page = signs_in(visitor, town)
    signs_in(other_visitor, town, person="ayse-bilgic")

    visitor.post_form(page, "/mijn/uitloggen/")

    assert "Ayse" in other_visitor.get(town.url()).text


def test_signing_out_in_one_tab_ends_the_other(town: Site, visitor: Browser) -> None:
    page = signs_in(visitor, town)
    other_tab = visitor.get(town.url("/mijn/delen/"))

    visitor.post_form(page, "/mijn/uitloggen/")

    assert "/mijn/inloggen/" in str(visitor.get(other_tab.url).url)


def test_who_signs_in_as_somebody_else_is_nobody_else_any_more(
    town: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    address = _address_back(visitor, town)
    first = visitor.get(address)
    assert "Helga" in first.text

    visitor.cookies.delete(COOKIE)
    page = signs_in(visitor, town, person="ayse-bilgic")

    assert "Ayse" in page.text
    # Somebody else at the same screen: the provider signed the first one out everywhere.
    assert sessions_of(zandmeer) == 1


def test_no_page_of_mijn_is_kept_by_a_browser_or_told_to_others(town: Site, visitor: Browser) -> None:
    page = signs_in(visitor, town)
    left = visitor.post_form(page, "/mijn/uitloggen/")

    for one in [*page.history, page, left]:
        if one.url.host == "zandmeer.localhost":
            assert one.headers["cache-control"] == "no-store"
            # Not `no-referrer`: with that, browsers call the origin of our own forms "null".
            assert one.headers["referrer-policy"] == "same-origin"
    assert left.headers["clear-site-data"] == '"cache", "storage"'


def test_signing_out_at_the_provider_ends_the_sessions_at_every_municipality(
    town: Site, visitor: Browser, identity: Identity, zandmeer: Municipality, veldrecht: Municipality
) -> None:
    signs_in(visitor, town)
    known = goes_to_provider(visitor, town, host="veldrecht.localhost")
    visitor.submit(known, go_on="1")
    assert (sessions_of(zandmeer), sessions_of(veldrecht)) == (1, 1)

    visitor.submit(visitor.get(identity.url + "/"))

    assert (sessions_of(zandmeer), sessions_of(veldrecht)) == (0, 0)


def test_a_session_holds_no_bsn_that_can_be_read(
    town: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    signs_in(visitor, town)

    with acting_for(zandmeer), transaction.atomic():
        row = ResidentSession.objects.values().get()

    assert HELGA.bsn not in str(row)
    assert HELGA.bsn.encode() not in bytes(row["bsn"])
    assert b"Helga" not in bytes(row["name"])


def test_too_many_tries_end_on_a_page_that_says_to_wait(town: Site, visitor: Browser) -> None:
    page = visitor.get(town.url())
    tries = [visitor.submit(page, follow=False).status_code for _ in range(21)]

    assert tries == [303] * 20 + [429]


def test_the_public_site_knows_nobody(town: Site, visitor: Browser) -> None:
    signs_in(visitor, town)

    assert "Helga" not in visitor.get(town.url("/bestaat-niet/")).text
