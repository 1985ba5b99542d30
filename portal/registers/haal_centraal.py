"""What the APIs of the BRP share: the key, what their gateways want to hear, and how they are connected."""

from collections.abc import Awaitable, Callable

from django.utils.translation import gettext_lazy as _

from .caller import Caller
from .connecting import Setting
from .errors import NotAccepted, RegisterUnavailable

HEADERS = {
    "doelbinding": "x-doelbinding",
    "verwerking": "x-verwerking",
    "gebruiker": "x-gebruiker",
    "oin": "x-origin-oin",
}
"""Headers by the connection's parameters: gateways ask for them, the APIs' texts name none."""

SECRETS = {"api_key": _("Sleutel (API key)")}
SETTINGS = [
    Setting(
        "doelbinding",
        _("Doelbinding"),
        _("Zoals de leverancier hem wil horen (x-doelbinding)."),
        in_a_header=True,
    ),
    Setting("verwerking", _("Verwerking"), _("x-verwerking"), in_a_header=True),
    Setting(
        "gebruiker", _("Gebruiker"), _("x-gebruiker; nooit een inwoner of medewerker."), in_a_header=True
    ),
    Setting("oin", _("OIN"), _("x-origin-oin"), in_a_header=True),
]


def headers(register: Caller) -> dict[str, str]:
    """The key, and what its gateway wants to hear."""
    parameters = register.connection.parameters
    told = {header: str(parameters[name]) for name, header in HEADERS.items() if parameters.get(name)}
    return {
        "X-Api-Key": register.connection.credentials["api_key"],
        "Accept": "application/json",
        "Content-Type": "application/json; charset=utf-8",
        **told,
    }


def probe(path: str) -> Callable[[Caller], Awaitable[None]]:
    """A question of a kind that does not exist: it must be refused, and nobody is looked up for it."""

    async def ask(register: Caller) -> None:
        try:
            await register.write("POST", path, headers(register), {"type": "Verbindingstest"})
        except NotAccepted:
            return
        raise RegisterUnavailable("answered what is no question")

    return ask
