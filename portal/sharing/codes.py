"""Typed instead of from a wallet: a code, sent to the address itself, proves that it is the resident's."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from portal.codes.sending import WRONG_CODES, TooManyWrongCodes, WrongCode, all_right, new_code, send_code

from . import acts
from .models import Disclosure, Sharing
from .purposes import Version
from .states import Act, NotNow, State
from .values import keep_unconfirmed, read_unconfirmed


def send(disclosure: Disclosure, version: Version, typed: Mapping[str, str], until: datetime) -> None:
    """Send a code to each typed address, and keep address and code until they are confirmed.

    `until` is when the codes stop working. Raises CodeNotSent, NotNow.
    """
    codes = {name: new_code() for name in typed}
    with transaction.atomic():
        keep_unconfirmed(disclosure, "code", json.dumps({"typed": dict(typed), "codes": codes}).encode())
        if not Disclosure.objects.filter(id=disclosure.id).update(code=disclosure.code):
            raise NotNow(State.CHOSEN, Act.TYPE)  # another tab asked anew in between; its code counts
    for name, address in typed.items():
        send_code(version.attribute(name).typed or "", address, codes[name], until)


def waiting_for(disclosure: Disclosure) -> Mapping[str, str]:
    """The typed addresses whose codes are under way, by attribute."""
    kept = read_unconfirmed(disclosure, "code")
    return json.loads(kept)["typed"] if kept else {}


def confirm(disclosure: Disclosure, codes: Mapping[str, str]) -> None:
    """All codes right: the typed values count as proven. Raises WrongCode, TooManyWrongCodes, NotNow."""
    with transaction.atomic():
        # The sharing is locked first, as everywhere; or two clicks at once would wait for each other.
        sharing = Sharing.objects.select_for_update().get(id=disclosure.sharing_id)
        row = Disclosure.objects.select_for_update().filter(id=disclosure.id).first()
        kept = read_unconfirmed(row, "code") if row else None
        if row is None or kept is None:
            raise NotNow(State(sharing.state), Act.PROVE)  # another click was first, and may have shared
        if row.wrong_codes >= WRONG_CODES:
            raise TooManyWrongCodes
        asked = json.loads(kept)
        if all_right(asked["codes"], codes):
            acts.prove(row.sharing_id, row.id, asked["typed"])
            return
        row.wrong_codes += 1
        row.save(update_fields=["wrong_codes"])
    raise TooManyWrongCodes if row.wrong_codes >= WRONG_CODES else WrongCode
