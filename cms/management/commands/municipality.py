"""`municipality add`: a municipality with its site, complete at once with all that the library has.

`municipality one-person`: its editors publish alone again, which they cannot switch themselves.
`municipality export`, `municipality close`: all that it has as files, and its end; see `cms.closing`.
`municipality merge`: some of them become one, which is there or is made with what `add` asks.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import RegexValidator, validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms import closing
from cms.founding import editors_of, give_site, lay_library
from cms.models import HomePage
from cms.second_person.switch import switch_off
from cms.trees import LIBRARY, languages
from portal.municipalities.addresses import origin
from portal.municipalities.closing import NoHeir, check_heir
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
        "one-person: its editors publish without a second one again. "
        "export: all that it has, as plain files. "
        "close: stops all sharing and closes its host; with --destroy, when nothing is owed any more, "
        "destroys its keys. merge: closes some in favour of another, where their pages come as drafts; with "
        "--destroy as close. Without --yes these only say what they would do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["add", "one-person", "export", "close", "merge"])
        parser.add_argument(
            "slugs",
            nargs="+",
            metavar="slug",
            help="a short name, such as zandmeer: lower case, and it stays",
        )
        parser.add_argument(
            "--into", default="", metavar="SLUG", help="the one that goes on; new with --name …"
        )
        parser.add_argument("--name", default="", help="without “gemeente” before it")
        parser.add_argument("--host", default="", help="the address of its site, without https://")
        parser.add_argument("--code", default="", help="the gemeentecode, four digits")
        parser.add_argument("--theme", default="_base", help="a folder of the compiled themes")
        parser.add_argument("--phone", default="", help="a person answers it; it is on every page")
        parser.add_argument("--email", default="")
        parser.add_argument("--address", default="", help="of the desk")
        parser.add_argument("--hours", default="", help="when the desk is open")
        parser.add_argument(
            "--to", "--export", dest="to", type=Path, metavar="FOLDER", help="for the export; new, or empty"
        )
        parser.add_argument("--redirect-to", default="", metavar="URL", help="where its visitors go on")
        parser.add_argument("--destroy", action="store_true", help="the second step of closing")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "merge":
            self._merge(options)
            return
        options["slug"] = options["slugs"][0]
        if len(options["slugs"]) > 1:
            raise CommandError("One at a time.")
        if options["what"] == "one-person":
            for home in HomePage.objects.filter(municipality__slug=options["slug"]):
                switch_off(home)
            return
        if options["what"] in ("export", "close"):
            self._export_or_close(options)
            return
        self._add(options)

    def _add(self, options: dict[str, Any]) -> None:
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

    def _export_or_close(self, options: dict[str, Any]) -> None:
        municipality = self._with_keys(options["slug"])
        if options["to"] is None:
            raise CommandError("Say also: --to, the folder for the export")
        try:
            if options["what"] == "export":
                closing.export(municipality, options["to"])
                self.stdout.write(f"{municipality.name}: exported to {options['to']}; begin at README.md")
            else:
                self._close(municipality, options)
        except (closing.FolderInUse, closing.CannotYet, closing.LogIsNotWhole, NoHeir) as why:
            raise CommandError(str(why)) from None

    def _close(self, municipality: Municipality, options: dict[str, Any]) -> None:
        if options["destroy"] and not municipality.closed:
            raise CommandError("It is not closed yet: first without --destroy.")
        if options["destroy"] and options["redirect_to"]:
            raise CommandError("Say --redirect-to without --destroy; it may be said again.")
        heir = options["redirect_to"] or municipality.heir
        if options["redirect_to"]:
            check_heir(heir, municipality)
        for what, number in closing.plan(municipality).items():
            self.stdout.write(f"{number:>8} {what}")
        if not options["yes"]:
            end = "destroys all its keys" if options["destroy"] else f"closes {municipality.host}"
            self.stdout.write(f"Nothing was done. With --yes this {end}, which cannot be undone.")
            return
        if options["destroy"]:
            gone = closing.destroy(municipality, options["to"], timezone.now())
            self.stdout.write(f"{gone} keys destroyed. The last export: {options['to']}")
            return
        closing.close(municipality, options["to"], heir, timezone.now())
        self.stdout.write(f"{municipality.host} is closed; nothing is shared any more.")
        for what, number in closing.owed(municipality).items():
            self.stdout.write(f"{number:>8} {what}")
        self.stdout.write("Let the worker run, and `letters`; then close again with --destroy.")

    def _merge(self, options: dict[str, Any]) -> None:
        """Close some in favour of one; in the second step destroy the keys of each."""
        if not options["into"] or options["to"] is None:
            raise CommandError("Say also: --into, the one that goes on, and --to, the folder for the exports")
        slugs = list(dict.fromkeys(options["slugs"]))
        if options["destroy"]:  # one may be ready before another
            gone = Municipality.objects.filter(slug__in=slugs, keys_destroyed__isnull=False)
            slugs = [slug for slug in slugs if slug not in set(gone.values_list("slug", flat=True))]
        old = [self._with_keys(slug) for slug in slugs]
        heir = Municipality.objects.filter(slug=options["into"]).first()
        try:
            if heir is None:
                self._check({**options, "slug": options["into"]})  # it is made when there is a yes
            else:
                closing.merging.check(old, heir)
            if options["destroy"]:
                self._destroy_merged(old, heir, options)
            elif options["yes"]:
                self._merge_now(old, options)
            else:
                self._tell_merge(old, heir, options)
        except (closing.CannotMerge, closing.FolderInUse, closing.CannotYet, closing.LogIsNotWhole) as why:
            raise CommandError(str(why)) from None

    def _tell_merge(
        self, old: list[Municipality], heir: Municipality | None, options: dict[str, Any]
    ) -> None:
        for one in old:
            self.stdout.write(f"{one.name}:")
            for what, number in closing.plan(one).items():
                self.stdout.write(f"{number:>8} {what}")
            if heir and (unasked := closing.merging.not_asked_there(one, heir)):
                self.stdout.write(f"  {heir.name} asks nothing yet under: {', '.join(unasked)}")
        made = "" if heir else f"makes {options['name']}, "
        self.stdout.write(
            f"Nothing was done. With --yes this {made}closes each of these, and brings its pages to"
            f" {options['into']} as drafts. Grants are not moved. It cannot be undone."
        )

    def _merge_now(self, old: list[Municipality], options: dict[str, Any]) -> None:
        for one in old:
            closing.empty_folder(options["to"] / one.slug)
        heir = Municipality.objects.filter(slug=options["into"]).first()
        if heir is None:
            self._add({**options, "slug": options["into"]})
            heir = Municipality.objects.get(slug=options["into"])
        for slug, went in closing.merge(old, heir, options["to"], timezone.now()).items():
            self.stdout.write(
                f"{slug}: {went.pages} pages are drafts of {heir.slug}, with {went.facts} facts and"
                f" {went.redirects} redirects; exported to {options['to'] / slug}"
            )
            for address in went.elsewhere:
                self.stdout.write(f"  {address} was taken: it has another address")
            for address in went.not_taken:
                self.stdout.write(f"  {address} could not come along: it is in the export")
        self.stdout.write("Let the worker run, and `letters`; then merge again with --destroy.")

    def _destroy_merged(
        self, old: list[Municipality], heir: Municipality | None, options: dict[str, Any]
    ) -> None:
        for one in old:
            if heir is None or not one.closed or one.heir != closing.merging.address_of(heir):
                raise CommandError(f"{one.slug} is not merged yet: first without --destroy.")
        for one in old:
            self._close(one, {**options, "redirect_to": "", "to": options["to"] / one.slug})

    @staticmethod
    def _with_keys(slug: str) -> Municipality:
        """Raises CommandError when there is none, or all is over."""
        municipality = Municipality.objects.filter(slug=slug).first()
        if municipality is None:
            raise CommandError(f"There is no municipality {slug}.")
        if municipality.keys_destroyed:
            raise CommandError(
                f"The keys of {slug} were destroyed on {municipality.keys_destroyed:%Y-%m-%d}."
            )
        return municipality

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
        if options["slug"] == LIBRARY or options["slug"].endswith(tuple(f"-{code}" for code in languages())):
            raise CommandError(f"This is how a tree of pages is called: {options['slug']}")
        if Municipality.objects.filter(name=options["name"]).exists():
            raise CommandError("There is one with this name.")
