"""Addresses with scheme and host, for what leaves the site: wallets, mails, other systems."""

from django.conf import settings

from .acting import current_municipality


def absolute(path: str) -> str:
    """The whole address of a path on the site of the municipality in force."""
    return origin(current_municipality().host) + path


def origin(host: str) -> str:
    """Scheme, host and, where it is not the scheme's own, port."""
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    return f"{settings.PUBLIC_SCHEME}://{host}{port}"
