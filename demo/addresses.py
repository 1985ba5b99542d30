"""Where everything of a running demo is found: `.demo/urls.json`, and a short table for people."""

import json
from pathlib import Path
from typing import Any

from .content.municipalities import PLACES
from .content.residents import RESIDENTS
from .parts import MADE, Demo
from .progress import say

REGISTERS = (
    "brp", "zaken", "klantinteracties", "objecten", "taken", "berichten", "reisdocumenten", "woz", "kvk",
    "scanner", "bekendmakingen",
)  # fmt: skip
"""Those that a presenter lets misbehave, and the virus scanner."""


def urls(demo: Demo) -> dict[str, Any]:
    """All addresses and accounts, as other programs read them."""
    port, url = demo.ports.first, demo.ports.url
    staff, employees = demo.state / "staff.json", demo.state / "employees.json"
    return {
        "municipalities": [
            {"slug": place.slug, "name": place.name, "url": f"http://{place.host}:{port}"} for place in PLACES
        ],
        "cms": {
            "url": f"http://cms.localhost:{port}",
            "accounts": json.loads(staff.read_text()) if staff.exists() else [],
        },
        "counter": {
            "url": f"http://balie.localhost:{port}",
            "accounts": json.loads(employees.read_text()) if employees.exists() else [],
        },
        "desk": {"url": url("desk")},
        "wijkteam": {"url": url("wijkteam")},
        "witness": {"url": url("witness")},
        "wallet": {"url": url("wallet")},
        "irma": {"url": url("irma"), "schemes_path": str(MADE / "irma" / "schemes")},
        "registers": {name: url(name) for name in REGISTERS},
        "casework": [f"{url(name)}/_werk" for name in ("zaken", "zaken-2")],
        "identity_provider": {"url": url("identity-provider")},
        "residents": [
            {"bsn": resident.bsn, "name": resident.name, "story": resident.story}
            for resident in RESIDENTS
            if resident.listed
        ],
    }


def write(found: dict[str, Any], state: Path) -> Path:
    """Write urls.json, whole or not at all."""
    file = state / "urls.json"
    part = file.with_suffix(".part")
    part.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    part.replace(file)
    return file


def show(found: dict[str, Any]) -> None:
    """The table."""
    say()
    for place in found["municipalities"]:
        _row(place["name"], place["url"])
    _row("CMS", f"{found['cms']['url']}/admin/")
    for account in found["cms"]["accounts"]:
        _row("", f"  {account['username']} / {account['password']}   {account['role']}")
    _row("Counter", found["counter"]["url"])
    for account in found["counter"]["accounts"]:
        _row("", f"  {account['username']} / {account['password']}   {account['role']}")
    _row("Wallet", found["wallet"]["url"] + "   plays the residents' phones")
    _row("Desk", found["desk"]["url"] + "   what was shared arrives here; also mail and texts")
    _row(
        "Wijkteam Noord",
        found["wijkteam"]["url"] + "   asks residents of Oeverstad, and reads what they share",
    )
    _row("Witness", found["witness"]["url"] + "   keeps the signed heads of the act logs")
    for url in found["casework"]:
        _row(
            "Case system", f"{url}   the next step of a case, a letter, a decision; its resident hears of it"
        )
    for name, url in found["registers"].items():
        _row(f"Register {name}", f"{url}/_faults   makes it slow or broken")
    _row("Sign in as", "Helga Huisman (Zandmeer), Kees de Hoop (Veldrecht), Abdellah Aziz (Oeverstad), …")
    say()


def _row(name: str, text: str) -> None:
    say(f"  {name:<15} {text}")
