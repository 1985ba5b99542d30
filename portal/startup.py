"""What web and worker check before they serve: the role they connect as, and that nothing is the demo's."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from portal.irma.server import is_demo_scheme
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import Connection, all_connections
from portal.municipalities.models import Municipality
from portal.municipalities.postgresql.roles import faults_of_connected_role
from portal.settings.refusals import is_loopback
from portal.sharing.ledger import restores

log = logging.getLogger(__name__)


def refuse_wrong_role() -> None:
    """Raises ImproperlyConfigured when row-level security would not hold for the connected role."""
    if faults := faults_of_connected_role():
        raise ImproperlyConfigured("Refusing to start:\n- " + "\n- ".join(faults))


def tell_what_is_off() -> None:
    """Say at the start what residents cannot do for want of a setting."""
    if not settings.CLAMD_ADDRESS:
        log.warning("CLAMD_ADDRESS is not set: there is no virus scanner, so residents can add no documents")


def refuse_uses_after_restore() -> None:
    """See for every municipality whether a backup came back; if so its uses are refused from now on."""
    municipalities = list(Municipality.objects.filter(keys_destroyed=None))
    for municipality in municipalities:
        with acting_for(municipality), transaction.atomic():
            restores.look(whole=True)
    restores.look_at_list(municipalities)


def refuse_demo() -> None:
    """Raises ImproperlyConfigured when anything in the database is the demo's; for production only."""
    faults = []
    for municipality in Municipality.objects.all():
        if municipality.fictional:
            faults.append(f"{municipality.slug}: the database is a demo's (a fictional municipality)")
        if municipality.keys_destroyed:
            continue
        with acting_for(municipality), transaction.atomic():
            for used in all_connections():
                faults += [f"{municipality.slug}: {fault}" for fault in faults_of_connection(used)]
    connection.close()
    if faults:
        raise ImproperlyConfigured("Refusing to start:\n- " + "\n- ".join(faults))


def faults_of_connection(used: Connection) -> list[str]:
    """Why this connection may not serve real residents."""
    faults = []
    where = f"connection {used.kind} “{used.name}”"
    if used.kind != "irma" and is_loopback(used.base_url):
        faults.append(f"{where}: base_url points at this machine")
    if used.kind != "irma" and not used.base_url.startswith("https://"):
        faults.append(f"{where}: base_url must be https")
    if used.kind == "irma" and is_demo_scheme(str(used.parameters.get("scheme", ""))):
        faults.append(f"{where}: scheme is a demo scheme, whose keys anyone can have")
    if used.kind == "irma" and not (
        used.credentials.get("hmac_key") and used.parameters.get("server_public_key")
    ):
        faults.append(f"{where}: hmac_key and server_public_key are needed; open permissions are refused")
    if any("demo" in value for value in used.credentials.values()):
        faults.append(f"{where}: credentials are the demo's")
    return faults
