"""What plays Open Notificaties: whoever subscribed to a channel is told of each change, at least once.

The subscriptions of a case system's clients stand in a file that the demo's content writes, as an operator
makes them in a real one. Source: Notificaties 1.0, consumer.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import httpx

from .zgw_records import Record
from .zgw_store import Store

WAITS = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each attempt; who does not answer with 2xx by then hears nothing of it."""
TWICE = 3  # each third message comes twice, as at least once allows
RESOURCES: Mapping[str, tuple[str, str]] = {
    "zaken": ("zaken", "zaak"),
    "statussen": ("zaken", "status"),
    "rollen": ("zaken", "rol"),
    "resultaten": ("zaken", "resultaat"),
    "zaakeigenschappen": ("zaken", "zaakeigenschap"),
    "zaakinformatieobjecten": ("zaken", "zaakinformatieobject"),
    "enkelvoudiginformatieobjecten": ("documenten", "enkelvoudiginformatieobject"),
    "besluiten": ("besluiten", "besluit"),
}
"""The channel and resource of what is in each list."""
TRAITS: Mapping[str, Sequence[str]] = {
    "zaken": ("bronorganisatie", "zaaktype", "vertrouwelijkheidaanduiding"),
    "documenten": ("bronorganisatie", "informatieobjecttype", "vertrouwelijkheidaanduiding"),
    "besluiten": ("verantwoordelijkeOrganisatie", "besluittype"),
}
"""What a subscription can be narrowed by (kenmerken), by channel."""


@dataclass(frozen=True)
class Subscription:
    """Who is told of what (abonnement)."""

    callbackUrl: str
    auth: str
    """What goes into Authorization, whole."""
    kanalen: Sequence[Mapping[str, Any]]

    def wants(self, message: Mapping[str, Any]) -> bool:
        """Whether a message is in one of its channels and passes that one's filters."""
        return any(
            one["naam"] == message["kanaal"]
            and all(message["kenmerken"].get(name) == value for name, value in one["filters"].items())
            for one in self.kanalen
        )


def write_subscriptions(folder: Path, system: str, by_client: Mapping[str, Subscription]) -> None:
    """Keep the subscriptions of a case system; whole or not at all."""
    file = subscriptions_file(folder, system)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps({client: asdict(one) for client, one in by_client.items()}, indent=1))
    part.replace(file)


def subscriptions_file(folder: Path, system: str) -> Path:
    """Where those are, in the demo's state."""
    return folder / "notificaties" / f"{system}.json"


def message(store: Store, what: str, record: Record, act: str) -> dict[str, Any]:
    """What is sent of a record that was made or changed: where it is, and nothing of what it says."""
    channel, resource = RESOURCES[what]
    main = store.zaken[record["zaak"]] if channel == "zaken" and resource != "zaak" else record
    return {
        "kanaal": channel,
        "hoofdObject": main["url"],
        "resource": resource,
        "resourceUrl": record["url"],
        "actie": act,
        "aanmaakdatum": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        "kenmerken": {name: main[name] for name in TRAITS[channel]},
    }


class Notifier:
    """Sends messages in order, from a thread of its own; who hangs holds up nobody who asks us something."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._waiting: Queue[tuple[str, dict[str, Any]]] = Queue()
        self._stopping, self._sent = Event(), 0
        if file:
            Thread(target=self._send_all, daemon=True).start()

    def tell(self, client: str, told: dict[str, Any]) -> None:
        """Send it to who subscribed for this client, if anybody."""
        if self._file:
            self._waiting.put((client, told))

    def _send_all(self) -> None:
        while True:
            client, told = self._waiting.get()
            one = self._subscription(client)
            if one and one.wants(told):
                self._sent += 1
                for _time in range(2 if self._sent % TWICE == 0 else 1):
                    self._send(one, told)

    def _subscription(self, client: str) -> Subscription | None:
        """Read anew each time: it may be made while we run."""
        try:
            known = json.loads(self._file.read_text()) if self._file else {}
        except (OSError, ValueError):
            return None
        return Subscription(**known[client]) if client in known else None

    def _send(self, to: Subscription, told: dict[str, Any]) -> None:
        """By address: the portal's host is a name that Python does not look up."""
        parts = urlsplit(to.callbackUrl)
        url = f"http://127.0.0.1:{parts.port}{parts.path}"
        headers = {"Host": parts.netloc, "Authorization": to.auth}
        for wait in WAITS:
            self._stopping.wait(wait)
            try:
                answer = httpx.post(url, json=told, headers=headers, timeout=10, trust_env=False)
            except httpx.HTTPError:
                continue
            if answer.is_success:
                return
        sys.stderr.write(f"nobody takes {told['resource']} {told['actie']}\n")
