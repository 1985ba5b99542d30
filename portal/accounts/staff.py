"""Staff: Django users, who sign in at their organisation's identity provider, on the hosts of staff only.

The setting STAFF_OIDC is JSON:

    {"issuer": "https://…", "client_id": "…", "private_key": "PEM", "key_id": "",
     "scope": "openid profile email", "acceptable_acr": ["…"], "groups_claim": ["groups"],
     "groups": {"the provider's word": "the CMS's group"}, "administrators": ["the provider's word"]}

`acceptable_acr` names the ways of signing in that are strong enough (several factors); leave it out only
where the provider lets nobody in with less. A person's groups follow the provider at each sign-in; who is in
none of those named here is refused. The client registers `https://<CMS_HOST>/oidc/terug/` to come back to,
and `https://<CMS_HOST>/oidc/uitgelogd/` after signing out; likewise of COUNTER_HOST.
Passwords exist in the demo only (STAFF_PASSWORDS).
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from portal.municipalities.addresses import origin

from .limits import not_a_guess, too_many, visitor
from .openid import Registration, SignInRefused


def registration() -> Registration | None:
    """Us as the client of the staff's provider; None when there is none."""
    known = settings.STAFF_OIDC
    if not known:
        return None
    return Registration(
        issuer=known["issuer"],
        client_id=known["client_id"],
        private_key=known["private_key"],
        key_id=known.get("key_id", ""),
        scope=known.get("scope", "openid profile email"),
        acr_values=" ".join(known.get("acceptable_acr", [])),
        acceptable_acr=known.get("acceptable_acr"),
    )


def redirect_uri(request: HttpRequest) -> str:
    """Where the provider sends staff back to: the host they began on."""
    return f"{origin(host_of_staff(request))}/oidc/terug/"


def host_of_staff(request: HttpRequest) -> str:
    """Which of the two hosts of staff this is."""
    at_counter = getattr(request, "on_counter_host", False)
    return str(settings.COUNTER_HOST if at_counter else settings.CMS_HOST)


class StaffPasswordBackend(ModelBackend):
    """Passwords, where they are allowed at all, and not guessed at."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The user, or None. Raises PermissionDenied, which asks no other backend, after too many tries."""
        if not settings.STAFF_PASSWORDS or username is None or password is None:
            return None
        where = visitor(request) if request is not None else ""
        if request is not None:
            # By address and name together too: nobody is locked out by what another does elsewhere.
            tries_of_name = too_many("password", f"{where}|{username}", most=5, seconds=300)
            if tries_of_name or too_many("passwords", where, most=30, seconds=300):
                raise PermissionDenied
        found: User | None = super().authenticate(request, username, password, **kwargs)
        if request is not None and found is not None:
            not_a_guess("password", f"{where}|{username}", seconds=300)
            not_a_guess("passwords", where, seconds=300)
        return found


class StaffProviderBackend(OIDCAuthenticationBackend):
    """mozilla-django-oidc's way into Django, with our own strict way to the provider.

    What it would do by itself (accept a wrong `aud`, `iss` or `exp`, fetch keys each time, no limits, a
    shared secret) is replaced: `authenticate` exchanges and checks as for residents.
    """

    def __init__(self) -> None:
        self.UserModel = get_user_model()

    def authenticate(self, request: HttpRequest | None, **kwargs: Any) -> User | None:
        """The user whom the provider vouches for. Raises ProviderUnreachable, SignInRefused."""
        known, nonce, verifier = registration(), kwargs.get("nonce"), kwargs.get("code_verifier")
        if request is None or known is None or not nonce or not verifier:
            return None
        known.check_who_answers(request.GET.get("iss"))
        claims = known.claims(request.GET.get("code", ""), redirect_uri(request), nonce, verifier)
        return _user_of(claims)

    def get_user(self, user_id: int) -> User | None:
        """Nobody who was put out."""
        found: User | None = super().get_user(user_id)
        return found if found and found.is_active else None


def _user_of(claims: Mapping[str, Any]) -> User:
    """The Django user of this person at this provider, with the groups and name of today."""
    known, users = settings.STAFF_OIDC, get_user_model().objects
    told = _groups_told(claims, known.get("groups_claim", ["groups"]))
    groups = [known["groups"][name] for name in told if name in known.get("groups", {})]
    administrator = any(name in told for name in known.get("administrators", []))
    if not groups and not administrator:
        users.filter(username=_username(claims)).update(is_active=False)  # their sessions end with it
        raise SignInRefused("no role")
    with transaction.atomic():
        no_password = {"password": make_password(None)}
        user, _made = users.get_or_create(username=_username(claims), defaults=no_password)
        user.is_active, user.is_superuser = True, administrator
        user.first_name, user.last_name = _names(claims)
        user.email = _text(claims, "email", 254)
        user.save()
        user.groups.set(Group.objects.filter(name__in=groups))
    return user


def _names(claims: Mapping[str, Any]) -> tuple[str, str]:
    given, family = _text(claims, "given_name", 150), _text(claims, "family_name", 150)
    return (given, family) if family else ("", _text(claims, "name", 150))


def _username(claims: Mapping[str, Any]) -> str:
    """Issuer and subject, the only pair that stays one person's; an e-mail address may pass to another."""
    return "p-" + hashlib.sha256(f"{claims['iss']}|{claims['sub']}".encode()).hexdigest()[:24]


def _groups_told(claims: Mapping[str, Any], path: list[str]) -> list[str]:
    found: Any = claims
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _text(claims: Mapping[str, Any], name: str, longest: int) -> str:
    value = claims.get(name)
    return value[:longest] if isinstance(value, str) and value.isprintable() else ""
