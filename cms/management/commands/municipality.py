"""`municipality add`: a municipality with its site, complete at once with all that the library has.

`municipality one-person`: its editors publish alone again, which they cannot switch themselves.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import RegexValidator, validate_email
from django.db import IntegrityError, transaction

from cms.founding import editors_of, give_site, lay_library
from cms.models import HomePage
from cms.second_person.switch import switch_off
from portal.municipalities.addresses import origin
from portal.municipalities.founding import found
from portal.municipalities.models import Municipality
from themes.compiled import themes_in_force

SLUG = RegexValidator(r"^[a-z][a-z0-9-]{1,28}[a-z0-9]$")
HOST = RegexValidator(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")
NEEDED = ("name", "host", "code", "phone")
CODE = RegexValidator(r"^\d{4}$")


class Command(BaseCommand):
    help = (
        "add: a municipality with keys, site, own tree, files and groups; its site is whole at once. "
        "one-person: its editors publish without a second one again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["add", "one-person"])
        parser.add_argument("slug", help="its short name, such as zandmeer: lower case, and it stays")
        parser.add_argument("--name", default="", help="without “gemeente” before it")
        parser.add_argument("--host", default="", help="the address of its site, without https://")
        parser.add_argument("--code", default="", help="the gemeentecode, four digits")
        parser.add_argument("--theme", default="_base", help="a folder of the compiled themes")
        parser.add_argument("--phone", default="", help="a person answers it; it is on every page")
        parser.add_argument("--email", default="")
        parser.add_argument("--address", default="", help="of the desk")
        parser.add_argument("--hours", default="", help="when the desk is open")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "one-person":
            for home in HomePage.objects.filter(municipality__slug=options["slug"]):
                switch_off(home)
            return
        self._check(options)
        facts = {
            "telefoon": options["phone"],
            "e-mail": options["email"],
            "balie": options["address"],
            "openingstijden": options["hours"],
        }
        try:
            with transaction.atomic():
                lay_library()
                municipality = found(
                    options["slug"],
                    options["name"],
                    options["host"],
                    options["code"],
                    options["theme"],
                    {name: text for name, text in facts.items() if text},
                )
                give_site(municipality)
        except IntegrityError:
            raise CommandError("There is one with this slug, host or code.") from None
        group = editors_of(municipality.slug, municipality.name)
        self.stdout.write(f"{municipality.name} is on {origin(municipality.host)}/")
        self.stdout.write(f"Editors: the group “{group.name}”; map a word of the staff's provider to it.")
        self.stdout.write(
            "Still to do: the name in the proxy and its certificate, the theme, the connections."
        )

    @staticmethod
    def _check(options: dict[str, Any]) -> None:
        """Raises CommandError where something would not work later. Nothing is written yet."""
        missing = [name for name in NEEDED if not options[name]]
        if missing:
            raise CommandError(f"Say also: {', '.join('--' + name for name in missing)}")
        checks = ((SLUG, "slug"), (HOST, "host"), (CODE, "code"), (validate_email, "email"))
        for check, name in checks:
            try:
                if options[name]:
                    check(options[name])
            except ValidationError:
                raise CommandError(f"This cannot be a {name}: {options[name]}") from None
        if options["theme"] not in themes_in_force():
            raise CommandError(f"No theme of this name is compiled: {options['theme']}")
        if Municipality.objects.filter(name=options["name"]).exists():
            raise CommandError("There is one with this name.")
