"""A resident and an editor sign in through a real Keycloak, as many organisations have."""

import json
import os
from collections.abc import Iterator

import httpx
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from pytest_django.fixtures import Settings

from portal.municipalities.models import Municipality

from .browser import Browser, Page
from .conftest import CLIENT_KEY, Site, connect_provider, free_port, public_jwk, sessions_of
from .forging import BSN, SAML
from .keycloak import NoKeycloak, client, keycloak, mapper, realm, user
from .test_staff import CMS, editors, staff_oidc

__all__ = ["editors"]

pytestmark = pytest.mark.keycloak

RESIDENT = user(
    "helga", "duin-strand-schelp", firstName="Helga", lastName="Huisman", attributes={"bsn": [BSN]}
)
EDITOR = user(
    "noor", "akker-eik-bieb", firstName="Noor", lastName="Duinker", groups=["/zandmeer-redacteuren"]
)


@pytest.fixture(scope="module")
def issuer(ports: tuple[int, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Skipped without Java or Maven, but not where CI says that they must be there."""
    jwks = {"keys": [public_jwk(CLIENT_KEY)]}
    site, cms = f"http://zandmeer.localhost:{ports[0]}", f"http://{CMS}:{ports[0]}"
    of_residents = client(
        "mijn-zandmeer",
        jwks,
        f"{site}/mijn/inloggen/terug/",
        f"{site}/mijn/uitgelogd/",
        **{
            "acr.loa.map": json.dumps({SAML + "Smartcard": 1}),
            "backchannel.logout.url": f"{site}/mijn/uitloggen/vanuit-aanbieder/",
            "backchannel.logout.session.required": "true",
        },
    )
    of_residents["protocolMappers"] = [
        mapper("oidc-usermodel-attribute-mapper", **{"user.attribute": "bsn", "claim.name": "bsn"})
    ]
    of_staff = client("cms", jwks, f"{cms}/oidc/terug/", f"{cms}/oidc/uitgelogd/")
    of_staff["protocolMappers"] = [
        mapper("oidc-group-membership-mapper", **{"full.path": "false", "claim.name": "groups"})
    ]
    try:
        scratch = tmp_path_factory.mktemp("keycloak")
        with keycloak(realm([of_residents, of_staff], [RESIDENT, EDITOR]), free_port(), scratch) as running:
            yield running
    except NoKeycloak as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


def signs_in(visitor: Browser, at: str, name: str, password: str) -> httpx.Response:
    page = visitor.get(at)
    if "/mijn/inloggen/" in str(page.url):
        page = visitor.submit(page)
    assert "/realms/gemeente/" in str(page.url), page.url
    return visitor.submit(page, username=name, password=password)


@pytest.fixture
def zandmeer_at_keycloak(site: Site, zandmeer: Municipality, at_the_door: object, issuer: str) -> Site:
    connect_provider(zandmeer, issuer, "mijn-zandmeer")
    return site


def test_a_resident_signs_in_through_keycloak_and_out_again_everywhere(
    zandmeer_at_keycloak: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    site = zandmeer_at_keycloak

    page = signs_in(visitor, site.url(), "helga", "duin-strand-schelp")

    assert str(page.url) == site.url("/mijn/")
    assert "Helga Huisman" in page.text
    assert "Substantieel" in page.text
    assert not any(BSN in str(one.url) for one in [*page.history, page])

    asks = visitor.get(visitor.post_form(page, "/mijn/uitloggen/").refresh)
    end = visitor.submit(asks)

    assert str(end.url).startswith(site.url("/mijn/uitgelogd/"))
    assert "U bent uitgelogd" in end.text
    assert sessions_of(zandmeer) == 0
    assert "/realms/gemeente/" in str(visitor.submit(visitor.get(site.url())).url)  # asks anew who it is


def test_keycloak_tells_that_somebody_signed_out_there(
    zandmeer_at_keycloak: Site, visitor: Browser, zandmeer: Municipality, issuer: str
) -> None:
    signs_in(visitor, zandmeer_at_keycloak.url(), "helga", "duin-strand-schelp")
    assert sessions_of(zandmeer) == 1

    visitor.submit(visitor.get(f"{issuer}/protocol/openid-connect/logout"))

    assert sessions_of(zandmeer) == 0


def test_a_wrong_password_goes_nowhere(
    zandmeer_at_keycloak: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    page = signs_in(visitor, zandmeer_at_keycloak.url(), "helga", "fout")

    assert "/realms/gemeente/" in str(page.url)
    assert sessions_of(zandmeer) == 0


def test_somebody_without_a_bsn_is_no_resident(
    zandmeer_at_keycloak: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    page = signs_in(visitor, zandmeer_at_keycloak.url(), "noor", "akker-eik-bieb")

    assert page.status_code == 403
    assert "Inloggen is niet gelukt" in page.text
    assert sessions_of(zandmeer) == 0


def test_an_editor_signs_in_through_keycloak_and_out_again(
    site: Site, visitor: Browser, editors: Group, settings: Settings, issuer: str
) -> None:
    settings.STAFF_PASSWORDS = False
    settings.STAFF_OIDC = staff_oidc(issuer)

    page = signs_in(visitor, site.url("/admin/account/", CMS), "noor", "akker-eik-bieb")

    assert str(page.url) == site.url("/admin/account/", CMS)
    user = get_user_model().objects.get()
    assert (user.first_name, user.last_name) == ("Noor", "Duinker")
    assert [group.name for group in user.groups.all()] == [editors.name]

    leaving = Page(visitor.submit(page, to=site.url("/admin/logout/", CMS)))
    end = visitor.submit(visitor.get(leaving.refresh))

    assert str(end.url) == site.url("/oidc/uitgelogd/", CMS)


def test_a_resident_has_no_role_in_the_cms(
    site: Site, visitor: Browser, editors: Group, settings: Settings, issuer: str
) -> None:
    settings.STAFF_PASSWORDS = False
    settings.STAFF_OIDC = staff_oidc(issuer)

    page = signs_in(visitor, site.url("/admin/", CMS), "helga", "duin-strand-schelp")

    assert page.status_code == 403
    assert get_user_model().objects.count() == 0
