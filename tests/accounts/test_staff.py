"""Staff sign in at their organisation's provider, on the CMS host, with the same strictness as residents."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission, User
from pytest_django.fixtures import Settings

from portal.accounts import published, staff_views
from portal.settings.refusals import unsafe_settings

from .asking import KEYS
from .browser import Browser, Page
from .conftest import CLIENT_KEY, Identity, Site, pem, public_jwk
from .forgeries import FORGERIES, REAL
from .forging import ACCESS_TOKEN, Forge
from .rogue import Rogue, rogue_provider, says

CMS = "cms.localhost"
CLIENT = "cms"
COOKIE = "__Host-staff"
NOT_OF_STAFF = {"bsn", "level", "sid"}
"""What is asked of residents' tokens alone."""


@pytest.fixture
def editors(transactional_db: None) -> Group:
    """A group that may enter the CMS."""
    made = Group.objects.create(name="Redacteuren Zandmeer")
    made.permissions.set(Permission.objects.filter(codename="access_admin"))
    return made


def staff_oidc(issuer: str, **more: Any) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "client_id": CLIENT,
        "private_key": pem(CLIENT_KEY),
        "groups": {"zandmeer-redacteuren": "Redacteuren Zandmeer"},
        "administrators": ["beheerders"],
        **more,
    }


@pytest.fixture
def cms(site: Site, identity: Identity, editors: Group, settings: Settings) -> Site:
    """The CMS host, client of the demo's provider, without passwords."""
    settings.STAFF_PASSWORDS = False
    settings.STAFF_OIDC = staff_oidc(identity.url)
    client = {
        "name": "Het CMS",
        "people": "staff",
        "jwks": {"keys": [public_jwk(CLIENT_KEY)]},
        "redirect_uris": [site.url("/oidc/terug/", CMS)],
        "post_logout_redirect_uris": [site.url("/oidc/uitgelogd/", CMS)],
    }
    identity.knows(**{CLIENT: client})
    return site


def signs_in(visitor: Browser, cms: Site, person: str, path: str = "/admin/") -> Any:
    people = visitor.get(cms.url(path, CMS))
    assert "Wie bent u?" in people.text, people.url
    return visitor.submit(people, person=person, level="hoog")


def only_user() -> User:
    found: User = get_user_model().objects.get()
    return found


def test_an_editor_comes_in_with_the_groups_that_the_organisation_gave(cms: Site, visitor: Browser) -> None:
    page = signs_in(visitor, cms, "noor-duinker", "/admin/account/")

    assert page.status_code == 200
    assert str(page.url) == cms.url("/admin/account/", CMS)
    user = only_user()
    assert [group.name for group in user.groups.all()] == ["Redacteuren Zandmeer"]
    assert user.last_name == "Noor Duinker"
    assert not user.has_usable_password()
    assert not user.is_superuser


def test_an_administrator_is_one_for_as_long_as_the_organisation_says_so(
    cms: Site, visitor: Browser, settings: Settings
) -> None:
    signs_in(visitor, cms, "joris-beheer")
    assert only_user().is_superuser

    settings.STAFF_OIDC = {
        **settings.STAFF_OIDC,
        "administrators": [],
        "groups": {"beheerders": "Redacteuren Zandmeer"},
    }
    visitor.cookies.clear()
    signs_in(visitor, cms, "joris-beheer")

    assert not only_user().is_superuser


def test_who_has_no_role_is_told_whom_to_ask_and_is_not_in(cms: Site, visitor: Browser) -> None:
    page = signs_in(visitor, cms, "wim-zonderling")

    assert page.status_code == 403
    assert "U heeft hier nog geen rol" in page.text
    assert get_user_model().objects.count() == 0


def test_who_loses_the_role_is_out_in_every_browser(
    cms: Site, visitor: Browser, other_visitor: Browser, settings: Settings
) -> None:
    signs_in(visitor, cms, "noor-duinker")
    settings.STAFF_OIDC = {**settings.STAFF_OIDC, "groups": {}}

    assert signs_in(other_visitor, cms, "noor-duinker").status_code == 403

    assert "Wie bent u?" in visitor.get(cms.url("/admin/", CMS)).text


def test_who_stops_at_the_provider_meets_a_page(cms: Site, visitor: Browser) -> None:
    page = visitor.submit(visitor.get(cms.url("/admin/", CMS)), cancel="1")

    assert page.status_code == 403
    assert "Probeer het opnieuw" in page.text


def test_an_answer_counts_in_the_browser_that_asked_and_once(
    cms: Site, visitor: Browser, other_visitor: Browser
) -> None:
    people = visitor.get(cms.url("/admin/", CMS))
    address = visitor.submit(people, follow=False, person="noor-duinker", level="hoog").headers["location"]

    assert other_visitor.get(address).status_code == 403
    assert visitor.get(address).status_code == 200
    assert visitor.get(address).status_code == 403


def test_a_link_signs_nobody_out(cms: Site, visitor: Browser) -> None:
    signs_in(visitor, cms, "noor-duinker")

    assert visitor.get(cms.url("/oidc/terug/?error=access_denied&state=x", CMS)).status_code == 403
    assert visitor.get(cms.url("/oidc/uitloggen/", CMS)).status_code == 405

    assert str(visitor.get(cms.url("/admin/", CMS)).url) == cms.url("/admin/", CMS)


def test_a_session_of_before_does_not_go_along(cms: Site, visitor: Browser) -> None:
    visitor.get(cms.url("/admin/", CMS))
    before = visitor.cookie(COOKIE)

    signs_in(visitor, cms, "noor-duinker")

    assert before is not None
    assert visitor.cookie(COOKIE) not in (None, before)


def test_it_goes_on_to_pages_of_the_cms_only(cms: Site, visitor: Browser) -> None:
    people = visitor.get(cms.url("/oidc/inloggen/?next=https://elders.example/", CMS))

    page = visitor.submit(people, person="noor-duinker", level="hoog")

    assert str(page.url) == cms.url("/admin/", CMS)


def with_token_of(visitor: Browser, page: httpx.Response, address: str) -> httpx.Response:
    """Post as the CMS's menu does, which a script makes."""
    return visitor.submit(page, to=address)


def test_signing_out_ends_it_here_and_at_the_provider(cms: Site, visitor: Browser) -> None:
    page, cookie = signs_in(visitor, cms, "noor-duinker", "/admin/account/"), visitor.cookie(COOKIE) or ""

    leaving = Page(with_token_of(visitor, page, cms.url("/admin/logout/", CMS)))
    end = visitor.submit(visitor.get(leaving.refresh))

    assert "eyJ" not in leaving.refresh
    assert "U bent uitgelogd" in end.text
    assert "Verder als" not in visitor.get(cms.url("/admin/", CMS)).text
    visitor.cookies.set(COOKIE, cookie, domain=CMS, path="/")
    assert "Wie bent u?" in visitor.get(cms.url("/admin/", CMS)).text


def test_the_cookie_belongs_to_the_cms_host_alone(cms: Site, visitor: Browser) -> None:
    line = visitor.cookies_set_by(signs_in(visitor, cms, "noor-duinker"))[COOKIE].lower()

    assert all(word in line for word in ("; secure", "; httponly", "; samesite=lax", "; path=/"))
    assert "domain" not in line


def test_municipalities_know_nothing_of_it(cms: Site, visitor: Browser, zandmeer: object) -> None:
    assert visitor.get(cms.url("/oidc/inloggen/")).status_code == 404
    assert visitor.get(cms.url("/admin/")).status_code == 404


def test_without_a_provider_there_is_no_such_page(cms: Site, visitor: Browser, settings: Settings) -> None:
    settings.STAFF_OIDC = {}

    for path in ("/oidc/inloggen/", "/oidc/terug/"):
        assert visitor.get(cms.url(path, CMS)).status_code == 404


# The same strict check


@pytest.fixture
def rogue_of_staff(cms: Site, settings: Settings) -> Iterator[Rogue]:
    with rogue_provider() as provider:
        provider.jwks = KEYS
        settings.STAFF_OIDC = staff_oidc(provider.url, acceptable_acr=["hoog"])
        yield provider


def comes_back(visitor: Browser, cms: Site, rogue: Rogue, forgery: Any) -> Any:
    begun = visitor.get(cms.url("/oidc/inloggen/", CMS), follow_redirects=False)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == "hoog"
    token = forgery(Forge(rogue.url, CLIENT, asked["nonce"], REAL))
    rogue.tokens = {"access_token": ACCESS_TOKEN, "id_token": None if token is ... else token}
    return visitor.get(cms.url("/oidc/terug/", CMS), params={"code": "code", "state": asked["state"]})


def test_the_real_token_of_a_colleague_is_believed(
    cms: Site, visitor: Browser, rogue_of_staff: Rogue
) -> None:
    page = comes_back(
        visitor, cms, rogue_of_staff, lambda f: f.token(groups=["zandmeer-redacteuren"], acr="hoog")
    )

    assert page.status_code == 200
    assert "client_assertion" in rogue_of_staff.asked[-1]
    assert "client_secret" not in rogue_of_staff.asked[-1]


def test_every_forged_token_is_refused_of_staff_too(
    cms: Site, visitor: Browser, rogue_of_staff: Rogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_views, "too_many", lambda *_words, **_limits: False)
    right = Forge.claims.fget  # type: ignore[attr-defined]
    of_staff = {"groups": ["zandmeer-redacteuren"], "acr": "hoog"}
    monkeypatch.setattr(Forge, "claims", property(lambda forge: {**right(forge), **of_staff}))
    wrong = {}
    for reason, words, forgery in FORGERIES:
        if reason in NOT_OF_STAFF:
            continue
        page = comes_back(visitor, cms, rogue_of_staff, forgery)
        if page.status_code != 403 or "Inloggen is niet gelukt" not in page.text:
            wrong[words] = page.status_code

    assert wrong == {}
    assert get_user_model().objects.count() == 0


def test_a_way_of_signing_in_that_is_not_strong_enough_is_refused(
    cms: Site, visitor: Browser, rogue_of_staff: Rogue
) -> None:
    page = comes_back(
        visitor, cms, rogue_of_staff, lambda f: f.token(groups=["zandmeer-redacteuren"], acr="password")
    )

    assert page.status_code == 403


def test_when_the_provider_is_down_a_page_says_so(cms: Site, visitor: Browser, rogue_of_staff: Rogue) -> None:
    published.forget()
    rogue_of_staff.replaced["/.well-known/openid-configuration"] = says(b"", 500)

    page = visitor.get(cms.url("/admin/", CMS))

    assert page.status_code == 503
    assert "geeft geen antwoord" in page.text


# Passwords, in the demo


@pytest.fixture
def colleague(editors: Group) -> User:
    made: User = get_user_model().objects.create_user("noor", password="duin-strand-schelp")
    made.groups.add(editors)
    return made


def with_password(visitor: Browser, site: Site, password: str, **more: Any) -> Any:
    page = visitor.get(site.url("/admin/login/", CMS))
    return visitor.submit(page, username="noor", password=password, **more)


def test_a_password_opens_the_cms_where_passwords_are_allowed(
    site: Site, visitor: Browser, colleague: User
) -> None:
    assert str(with_password(visitor, site, "duin-strand-schelp").url) == site.url("/admin/", CMS)


def test_no_password_opens_anything_where_they_are_not(
    site: Site, visitor: Browser, colleague: User, settings: Settings
) -> None:
    settings.STAFF_PASSWORDS = False

    assert "/admin/login/" in str(with_password(visitor, site, "duin-strand-schelp").url)


def test_a_password_is_not_guessed_at(site: Site, visitor: Browser, colleague: User) -> None:
    for _ in range(5):
        with_password(visitor, site, "fout")

    assert "/admin/login/" in str(with_password(visitor, site, "duin-strand-schelp").url)


def test_signing_in_well_is_no_guess_however_often(site: Site, visitor: Browser, colleague: User) -> None:
    for _ in range(7):
        assert str(with_password(visitor, site, "duin-strand-schelp").url) == site.url("/admin/", CMS)
        visitor.cookies.clear()
    for _ in range(5):
        with_password(visitor, site, "fout")

    assert "/admin/login/" in str(with_password(visitor, site, "duin-strand-schelp").url)


def test_the_cms_is_in_dutch_whatever_the_browser_prefers(site: Site, visitor: Browser) -> None:
    page = visitor.get(site.url("/admin/login/", CMS), headers={"Accept-Language": "en"})

    assert 'lang="nl"' in page.text
    assert "Inloggen" in page.text


@pytest.mark.parametrize(
    ("provider", "fault"),
    [
        ({"issuer": "http://login.example"}, "issuer must be https"),
        ({"issuer": "https://127.0.0.1:8001"}, "issuer must be https"),
        ({"private_key": ""}, "private_key"),
        ({"groups": {}}, "groups"),
    ],
)
def test_production_refuses_a_provider_of_staff_that_is_not_safe(
    provider: dict[str, Any], fault: str
) -> None:
    right = staff_oidc("https://login.example")
    others = {"SECRET_KEY": "", "CACHES": {"default": {"BACKEND": ""}}}

    assert any(fault in one for one in unsafe_settings({**others, "STAFF_OIDC": {**right, **provider}}))
    assert not any("STAFF_OIDC" in one for one in unsafe_settings({**others, "STAFF_OIDC": right}))
