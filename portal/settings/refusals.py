"""Why production refuses to start; each reason names the setting to mend."""

import base64
import binascii
import re
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

THIS_MACHINE: Mapping[int, list[Any]] = {
    4: [ip_network("127.0.0.0/8"), ip_network("169.254.0.0/16"), ip_network("0.0.0.0/8")],
    6: [ip_network("::/96"), ip_network("fe80::/10"), ip_network("::ffff:0:0/96")],
}
"""Loopback and link-local, where machines of clouds keep their own secrets too."""
SCANNER = re.compile(r"tcp://(\[[0-9a-fA-F:]+\]|[^:/\[\]]+):\d{1,5}|unix:/.+")
LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]"}


def unsafe_settings(settings: Mapping[str, Any]) -> list[str]:
    """The settings that are not fit for residents, in words."""
    faults = []
    if settings.get("DEBUG"):
        faults.append("DEBUG must be off")
    if len(settings.get("SECRET_KEY", "")) < 50 or "demo" in settings["SECRET_KEY"]:
        faults.append("SECRET_KEY must be at least 50 random characters, and not the demo's")
    faults += _faults_of_master_keys(settings.get("MASTER_KEYS") or {})
    cms_host = settings.get("CMS_HOST", "")
    if not cms_host or is_loopback(cms_host):
        faults.append("CMS_HOST must be the public host name of the CMS, not localhost")
    counter_host = settings.get("COUNTER_HOST", "")
    if not counter_host or is_loopback(counter_host) or counter_host == cms_host:
        faults.append("COUNTER_HOST must be a public host name of its own, not localhost or the CMS's")
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        if not settings.get(name):
            faults.append(f"{name} must be on")
    if settings.get("SECURE_HSTS_SECONDS", 0) < 31_536_000:
        faults.append("SECURE_HSTS_SECONDS must be a year or more")
    if settings.get("STAFF_PASSWORDS"):
        faults.append("STAFF_PASSWORDS must be off: staff sign in at their identity provider")
    faults += _faults_of_staff_provider(settings.get("STAFF_OIDC") or {})
    if settings.get("DEMO_WALLET_URL"):
        faults.append("DEMO_WALLET_URL belongs to the demo")
    for cookie in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"):
        if not str(settings.get(cookie, "")).startswith("__Host-"):
            faults.append(f"{cookie} must start with __Host-")
    policy = str(settings.get("CONTENT_SECURITY_POLICY", ""))
    if "unsafe" in policy or not policy:
        faults.append("CONTENT_SECURITY_POLICY must be there and hold no unsafe-*")
    if "redis" not in settings["CACHES"]["default"]["BACKEND"] or not settings["CACHES"]["default"].get(
        "LOCATION"
    ):
        faults.append("REDIS_URL must name the Redis that all processes share")
    if not settings.get("ERASURE_LIST"):
        faults.append("ERASURE_LIST must name a file outside the database and its backups")
    if not settings.get("GRANT_KEYS"):
        faults.append("GRANT_KEYS must name a folder outside the database and its backups")
    if not settings.get("HEADS_FILE"):
        faults.append("HEADS_FILE must name a file outside the database and its backups")
    witness = str(settings.get("LEDGER_WITNESS_URL", ""))
    if not witness.startswith("https://") or is_loopback(witness):
        faults.append("LEDGER_WITNESS_URL must be the https address of a second party, not this machine")
    if not settings.get("TRUSTED_IP_HEADER"):
        faults.append("TRUSTED_IP_HEADER must name the header in which the proxy tells a visitor's address")
    if not settings.get("EMAIL_HOST"):
        faults.append("EMAIL_HOST must name the mail server")
    local, _at, host = settings.get("NOTICES_ADDRESS", "").partition("@")
    if not local or is_loopback(host):
        faults.append("NOTICES_ADDRESS must be the address that notices come from, and bounce to")
    faults += _faults_of_the_way_out(settings)
    scanner = settings.get("CLAMD_ADDRESS", "")
    if scanner and not SCANNER.fullmatch(scanner):
        faults.append("CLAMD_ADDRESS must be tcp://host:port or unix:/path; or empty, for no documents")
    log = settings.get("LDV_URL", "")
    if log and (not log.startswith("https://") or is_loopback(log)):
        faults.append("LDV_URL: the log must be asked over https, and not on this machine")
    source, texts = settings.get("PUBLICATIONS_URL", ""), settings.get("PUBLICATIONS_SITE", "")
    if source and (not source.startswith("https://") or is_loopback(source)):
        faults.append("PUBLICATIONS_URL: the source must be asked over https, and not on this machine")
    if texts and (not texts.startswith("https://") or not texts.endswith("/") or is_loopback(texts)):
        faults.append("PUBLICATIONS_SITE must be an https address that ends on a slash")
    return faults


def refuse_unsafe_settings(settings: Mapping[str, Any]) -> None:
    """Raises ImproperlyConfigured with all reasons at once."""
    if faults := unsafe_settings(settings):
        raise ImproperlyConfigured("Refusing to start:\n- " + "\n- ".join(faults))


def is_loopback(host_or_url: str) -> bool:
    """Whether an address points at this very machine, as only a demo's may."""
    host = urlsplit(host_or_url).hostname if "//" in host_or_url else host_or_url.split(":")[0]
    return not host or host in LOOPBACK or host.endswith(".localhost") or host.startswith("127.")


def _faults_of_the_way_out(settings: Mapping[str, Any]) -> list[str]:
    faults = []
    hosts = [one.rpartition("://")[2] for one in settings.get("OUTGOING_HOSTS", ())]
    if not hosts or any(
        host.partition(":")[0] in ("*", "*.") or is_loopback(host.removeprefix("*.")) for host in hosts
    ):
        faults.append(
            "OUTGOING_HOSTS must name the hosts that may be called, not all of them or this machine"
        )
    for one in settings.get("OUTGOING_NETWORKS", ()):
        try:
            network = ip_network(one)
        except ValueError:
            faults.append(f"OUTGOING_NETWORKS: {one} is no network, such as 10.20.0.0/16")
            continue
        near = network.is_loopback or network.is_link_local or network.is_unspecified
        if (
            near
            or network.prefixlen < 8
            or any(network.overlaps(own) for own in THIS_MACHINE[network.version])
        ):
            faults.append(f"OUTGOING_NETWORKS: {one} holds addresses of this machine itself, or too many")
    return faults


def _faults_of_staff_provider(provider: Mapping[str, Any]) -> list[str]:
    if not provider:
        return []  # then nobody signs in on the CMS host, which is safe
    faults = [
        f"STAFF_OIDC must hold {name}"
        for name in ("issuer", "client_id", "private_key", "groups")
        if not provider.get(name)
    ]
    issuer = str(provider.get("issuer", ""))
    if issuer and (not issuer.startswith("https://") or is_loopback(issuer)):
        faults.append("STAFF_OIDC: issuer must be https, and not this machine")
    return faults


def _faults_of_master_keys(keys: Mapping[str, str]) -> list[str]:
    if not keys:
        return ["MASTER_KEYS must hold at least one key"]
    faults = []
    for name, encoded in keys.items():
        try:
            raw = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != 32 or len(set(raw)) < 12 or name.startswith(("demo", "test")):
            faults.append(f"MASTER_KEYS[{name!r}] must be the base64 of 32 random bytes, and not the demo's")
    return faults
