"""Who lives through the killings: residents that share and stop, and what was confirmed to them."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from portal.accounts.middleware import COOKIE
from portal.accounts.sessions import Level, begin
from portal.municipalities.acting import acting_for
from portal.municipalities.founding import found
from portal.municipalities.models import Municipality
from portal.sharing import ledger, purposes
from portal.sharing.models import ActRecord, Consumer, Duty, Grant, GrantKey
from portal.usage.models import Use
from tests.texts import message_by_email

from .browser import Page
from .conftest import Desk, somebody

START = "/mijn/delen/starten/digitaal-bericht/"
PATIENCE = 120.0


class Lost(Exception):
    """No answer, or one that says nothing: what was asked may have happened or not."""


@dataclass
class People:
    """The residents that have yet to come, each by a cookie, and the desk."""

    municipality: Municipality
    desk: Desk
    waiting: list[str]


@dataclass
class Confirmed:
    """What was told to residents and consumers."""

    given: list[str] = field(default_factory=list)
    used: list[tuple[str, str, str]] = field(default_factory=list)
    """Grant, key of the call, number of the use."""
    stopped: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


def settle(number: int, events_url: str) -> People:
    """A municipality, its purpose and desk, and residents who are signed in."""
    municipality = found("zandmeer", "Zandmeer", "zandmeer.localhost", "9901", "zandmeer", {}, fictional=True)
    with acting_for(municipality), transaction.atomic():
        purposes.publish("digitaal-bericht", message_by_email("Zandmeer", "(0999) 12 34 56"))
        cookies = [begin(somebody(), "H", Level.SUBSTANTIEEL, uuid4(), "sub", "")[1] for _ in range(number)]
    desk = Desk("demo-balie", municipality)
    with acting_for(municipality), transaction.atomic():
        Consumer.objects.update(events_url=events_url)
    connection.close()
    return People(municipality, desk, cookies)


class Visitor:
    """A browser that says when it got no answer, and asks again."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookies, self.address = port, {COOKIE: cookie}, ""
        self.page = Page("")

    def goes(self, address: str) -> None:
        self._asks("GET", address, b"")

    def presses(self, button: str, **typed: str) -> None:
        form, adds = self.page.form_with(button)
        self._asks("POST", form.action or self.address, urlencode({**form.fields, **typed, **adds}).encode())

    def _asks(self, method: str, address: str, body: bytes) -> None:
        for _hop in range(5):
            status, headers, text = ask(self.port, method, address, body, {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                **({"Content-Type": "application/x-www-form-urlencoded"} if body else {}),
            })  # fmt: skip
            for cookie in headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            if status not in (302, 303):
                break
            method, address, body = "GET", urlsplit(headers["Location"]).path, b""
        if status >= 500:
            raise Lost(f"{status} at {address}")
        self.address, self.page = address, Page(text)


def ask(port: int, method: str, address: str, body: bytes, headers: dict[str, str]):
    """One request. Raises Lost."""
    try:
        http = HTTPConnection("127.0.0.1", port, timeout=15)
        http.request(method, address, body=body, headers={"Host": "zandmeer.localhost", **headers})
        answer = http.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    except (OSError, HTTPException) as fault:
        raise Lost(type(fault).__name__) from None


def until_it_works(do) -> None:
    end = monotonic() + PATIENCE
    while True:
        try:
            do()
            return
        except Lost:
            if monotonic() > end:
                raise
            Event().wait(0.05)


def shares_and_stops(cookie: str, people: People, port: int, mails: Path, told: Confirmed) -> None:
    """One resident's day: give by typing, be read, stop, and be read no more."""
    me = Visitor(port, cookie)
    try:
        if not comes_to_the_values(me, mails):
            return
        yes = me.address, {**me.page.form_with("Ja, delen")[0].fields}
        code = code_to(mails, me.address)
        fields = urlencode({**yes[1], "code_email": code}).encode()
        until_it_works(lambda: me._asks("POST", yes[0], fields))
        if "/bewijs/" not in me.address:
            told.wrong.append(f"a yes ended at {me.page.h1}")
            return
        grant = me.address.strip("/").split("/")[-1]
        told.given.append(grant)
        told.steps.append("given")
        for key in ("een", "twee"):
            read(people, port, grant, f"{grant}-{key}", told, expected=200)
        until_it_works(lambda: me.goes(f"/mijn/delen/stoppen/{grant}/"))
        stop = urlencode(me.page.form_with("Ja, stop met delen")[0].fields).encode()
        until_it_works(lambda: me._asks("POST", f"/mijn/delen/stoppen/{grant}/", stop))
        if "/gestopt/" in me.address:
            told.stopped.append(grant)
            told.steps.append("stopped")
        read(people, port, grant, f"{grant}-drie", told, expected=403)
    except Lost as fault:
        told.wrong.append(f"never came through: {fault}")


ADDRESSES: dict[str, str] = {}
"""By the page that asks the code: where it was sent."""


def comes_to_the_values(me: Visitor, mails: Path) -> bool:
    """As far as the page that asks the code; begun anew when something got lost on the way."""
    end = monotonic() + PATIENCE
    for _turn in range(4):
        try:
            address = f"{uuid4().hex}@voorbeeld.example"
            until_it_works(lambda: me.goes(START))
            me.presses("Verder")
            me.presses("Verder", way="typed")
            me.presses("Stuur mij de code", email=address)
            if "/controle/" in me.address and monotonic() < end:
                ADDRESSES[me.address] = address
                return True
        except Lost:
            continue
    return False


def code_to(mails: Path, page: str) -> str:
    for mail in mails.glob("*"):
        text = mail.read_text()
        if ADDRESSES[page] in text:
            found = re.search(r"\b(\d{6})\b", text.partition("\n\n")[2])
            if found:
                return found[1]
    raise Lost("a mail")


def read(people: People, port: int, grant: str, key: str, told: Confirmed, expected: int) -> None:
    """The same call until it is answered."""

    def call() -> None:
        try:
            authorization = people.desk.header()
        except OperationalError as fault:  # its own connection was killed with the server
            connection.close()
            raise Lost(type(fault).__name__) from None
        headers = {"Authorization": authorization, "Idempotency-Key": key}
        status, _headers, text = ask(port, "POST", f"/api/v1/toestemmingen/{grant}/gebruik", b"", headers)
        if status >= 500:
            raise Lost(str(status))
        if status != expected:
            told.wrong.append(f"a reading was answered {status} and not {expected}")
        elif status == 200:
            told.used.append((grant, key, json.loads(text)["gebruik"]))
            told.steps.append("used")

    until_it_works(call)


def faults(people: People, told: Confirmed, heard: Counter, erasures: Path) -> list[str]:
    """What was lost or doubled; empty when all is as it was told."""
    end = monotonic() + PATIENCE
    with acting_for(people.municipality):
        while monotonic() < end:
            with transaction.atomic():
                if not Duty.objects.filter(done=None).exists():
                    break
                now = timezone.now()  # time goes by: what a killed worker had taken is free again
                Duty.objects.filter(done=None, leased_until__gt=now).update(leased_until=now)
                Duty.objects.filter(done=None, due__gt=now).update(due=now)
            Event().wait(0.5)
        with transaction.atomic():
            return [*told.wrong, *_compared(told, heard, erasures), *ledger.faults()]


def _compared(told: Confirmed, heard: Counter, erasures: Path) -> list[str]:
    found = []
    rows = {str(row.id): row for row in Grant.objects.all()}
    found += [f"lost: {grant}" for grant in told.given if grant not in rows]
    found += [f"more than one yes of {row.subject_id}" for row in rows.values() if row.supersedes]
    found += [f"not confirmed, yet there: {grant}" for grant in rows if grant not in told.given]
    acts = Counter(ActRecord.objects.values_list("grant_id", "act"))
    found += [
        f"{act} of {grant} is logged {times} times" for (grant, act), times in acts.items() if times > 1
    ]
    for grant in told.stopped:
        row = rows.get(grant)
        if row is None or row.withdrawn is None or row.values is not None:
            found.append(f"not stopped: {grant}")
        if row and acts[row.id, "withdrawn"] != 1:
            found.append(f"the stop of {grant} is not in the log")
    found += [
        f"the key of {key.grant_id} is still there"
        for key in GrantKey.objects.filter(grant__withdrawn__isnull=False)
    ]
    of_desk = Use.objects.filter(consumer_id__isnull=False)  # not the municipality's own mails about it
    uses = {(str(use.grant_id), str(use.id)) for use in of_desk}
    found += [f"use lost: {use}" for use in told.used if (use[0], use[2]) not in uses]
    if len(uses) != len({(grant, key) for grant, key, _use in told.used}):
        found.append(f"{len(uses)} uses for {len(told.used)} calls")
    duties = {(str(d.id), str(d.grant_id), d.event) for d in Duty.objects.filter(kind=Duty.TELL_CONSUMER)}
    found += [f"never told: {one}" for one in duties - set(heard)] + [
        f"told, never owed: {one}" for one in set(heard) - duties
    ]
    found += [f"still owed: {duty.id}" for duty in Duty.objects.filter(done=None)]
    listed = erasures.read_text() if erasures.exists() else ""
    found += [f"not on the erasure list: {grant}" for grant in told.stopped if grant not in listed]
    return found
