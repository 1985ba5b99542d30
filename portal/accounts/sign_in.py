"""The code flow, from our side: begin in this browser, and take back only what belongs to it."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute
from portal.municipalities.connections import connections
from portal.municipalities.crypto import decrypt, encrypt

from .models import SignIn
from .places import in_mijn
from .provider import Identity, Provider, SignInRefused
from .sessions import hashed

VALID = timedelta(minutes=10)
TABLE = "accounts_signin"


class NoProvider(LookupError):
    """The municipality has no identity provider, or one of its settings is missing."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and the value that ties it to this sign-in."""

    address: str = field(repr=False)
    browser: str = field(repr=False)


def provider() -> Provider:
    """The identity provider of the municipality in force. Raises NoProvider."""
    found = connections("oidc")
    try:
        return Provider(found[0])
    except LookupError:
        raise NoProvider from None


def redirect_uri() -> str:
    """Where the provider sends residents back to; the same in every language."""
    return absolute("/mijn/inloggen/terug/")


def begin(asked: Provider, next_path: str, *, mandate: bool = False) -> Begun:
    """Start a sign-in; with a mandate to act for somebody else. Raises ProviderUnreachable."""
    state, nonce, verifier, browser = (secrets.token_urlsafe(32) for _ in range(4))
    address = asked.address(redirect_uri(), state, nonce, verifier, mandate=mandate)
    row = SignIn(
        municipality=current_municipality(),
        state_hash=hashed(state),
        browser_hash=hashed(browser),
        nonce=nonce,
        connection_id=asked.connection.id,
        next_path=safe_path(next_path),
        begun=timezone.now(),
    )
    with transaction.atomic():
        forget_old()
        row.verifier = encrypt(verifier.encode(), table=TABLE, column="verifier", row=row.id)
        row.save(force_insert=True)
    return Begun(address, browser)


def take(state: str, browser: str) -> SignIn:
    """The sign-in that this answer belongs to, once. Raises SignInRefused for any other."""
    with transaction.atomic():
        row = SignIn.objects.select_for_update().filter(state_hash=hashed(state)).first()
        if row is None:
            raise SignInRefused("state")
        # Not row.delete(): the object keeps its id, which its verifier is bound to.
        SignIn.objects.filter(id=row.id).delete()
    if not browser or not secrets.compare_digest(row.browser_hash, hashed(browser)):
        raise SignInRefused("browser")
    if timezone.now() >= row.begun + VALID:
        raise SignInRefused("too late")
    return row


def finish(row: SignIn, asked: Provider, code: str) -> Identity:
    """Exchange the code for an identity. Raises ProviderUnreachable, SignInRefused."""
    with transaction.atomic():
        verifier = decrypt(bytes(row.verifier), table=TABLE, column="verifier", row=row.id).decode()
    claims = asked.registration.claims(code, redirect_uri(), row.nonce, verifier)
    return asked.identity(claims)


def forget_old() -> None:
    """Delete sign-ins that nobody came back from, for the municipality in force."""
    SignIn.objects.filter(begun__lt=timezone.now() - VALID).delete()


def safe_path(path: str) -> str:
    """A page of Mijn to go on to; anything else becomes Mijn's first page."""
    first = reverse("mijn:overview")
    plain = in_mijn(path) and path.isprintable() and "\\" not in path and len(path) <= 500
    ours = any(
        place in path
        for place in ("/mijn/inloggen/", "/mijn/uitloggen/", "/mijn/uitgelogd/", "/mijn/sessie/")
    )
    if plain and not ours and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return first
