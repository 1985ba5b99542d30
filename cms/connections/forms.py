"""The forms of administrators. A secret goes in and never comes out: no field shows what is kept or typed."""

import re
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.municipalities.models import ConnectionRow
from portal.municipalities.outgoing import AddressRefused, check_host, trust
from portal.registers.administering import CERTIFICATE, Wanted, goes_elsewhere, header_names, secrets_of
from portal.registers.case_types import CaseTypeChoice
from portal.registers.connecting import GRANT, HEADER, ConnectionKind, Fact

LONGEST = 200  # signs of a text or an address
KEPT = gettext_lazy("Er staat een sleutel. Vul alleen iets in om hem te vervangen.")
OURS = frozenset(
    {
        "accept", "accept-crs", "accept-encoding", "authorization", "connection", "content-crs",
        "content-length", "content-type", "cookie", "expect", "forwarded", "host", "range", "te",
        "trailer", "transfer-encoding", "upgrade", "via", "x-host", "x-http-method", "x-http-method-override",
        "x-method-override", "x-original-host", "x-original-url", "x-real-ip", "x-rewrite-url",
    }
)  # fmt: skip
OURS_TOO = ("fsc-", "if-", "proxy-", "sec-", "x-forwarded-")
"""Headers that we or the protocol fill in; by one of them a call could go elsewhere than its address says."""


class Unseen(forms.Textarea):
    """Never gives back what was typed or kept."""

    def format_value(self, value: Any) -> None:
        """Nothing."""


class ConnectionForm(forms.Form):
    """A connection of one kind, new or known."""

    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=100,
        help_text=gettext_lazy("Zoals u hem herkent. Inwoners zien deze naam niet."),
    )
    base_url = forms.CharField(label=gettext_lazy("Adres"), max_length=LONGEST)

    def __init__(self, kind: ConnectionKind, row: ConnectionRow | None = None, data: Any = None) -> None:
        self.kind, self.row = kind, row
        self._kept = secrets_of(row) if row else {}
        parameters = row.parameters if row else {}
        known = {name: parameters.get(name, "") for name in (GRANT, *(one.name for one in kind.settings))}
        super().__init__(
            data,
            initial={**known, "name": row.name, "base_url": row.base_url} if row else {"name": kind.title},
        )
        self.fields["base_url"].help_text = str(kind.address)
        for one in kind.settings:
            plain: dict[str, Any] = {"label": one.label, "help_text": one.help, "required": one.required}
            self.fields[one.name] = (
                forms.ChoiceField(choices=list(one.choices), **plain)
                if one.choices
                else forms.CharField(
                    max_length=LONGEST, validators=[_printable] if one.in_a_header else [], **plain
                )
            )
        for name, label in kind.secrets.items():
            self.fields[f"secret-{name}"] = _secret(label, name in self._kept)
        self._headers = header_names(self._kept)
        for number, name in enumerate(self._headers):
            self.fields[f"header-{number}"] = _secret(_("Extra header %(name)s") % {"name": name}, kept=True)
            self.fields[f"drop-{number}"] = forms.BooleanField(
                label=_("Stuur header %(name)s niet meer mee") % {"name": name}, required=False
            )
        self.fields["new_header"] = forms.CharField(
            label=_("Naam van een extra header"), required=False, max_length=60
        )
        self.fields["new_header_value"] = _secret(_("Wat er in die header staat"), kept=False)
        self.fields[GRANT] = forms.CharField(
            label=_("Contract van de FSC-outway (grant hash)"),
            required=False,
            max_length=LONGEST,
            validators=[_printable],
            help_text=_("Alleen als het adres dat van uw eigen outway is."),
        )
        has_one = "certificate" in self._kept
        self.fields["certificate"] = forms.CharField(
            label=_("Ons certificaat (PEM)"),
            required=False,
            max_length=20_000,
            widget=Unseen({"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
            help_text=_("Er staat een certificaat. Vul alleen iets in om het te vervangen.")
            if has_one
            else "",
        )
        self.fields["certificate_key"] = forms.CharField(
            label=_("De sleutel bij ons certificaat (PEM, zonder wachtwoord)"),
            required=False,
            max_length=20_000,
            widget=Unseen({"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
            help_text=KEPT if has_one else "",
        )
        if has_one:
            self.fields["drop_certificate"] = forms.BooleanField(
                label=_("Gebruik geen certificaat meer"), required=False
            )

    def clean_base_url(self) -> str:
        """Raises ValidationError for an address that we make no call to."""
        return _address(self.cleaned_data["base_url"])

    def clean_certificate(self) -> str:
        """Raises ValidationError for what is no certificate, or an old one."""
        pem = str(self.cleaned_data["certificate"]).strip()
        if pem:
            try:
                found = x509.load_pem_x509_certificates(pem.encode())
            except ValueError:
                raise forms.ValidationError(_("Dit is geen certificaat in PEM-vorm.")) from None
            if found[0].not_valid_after_utc < datetime.now(UTC):
                raise forms.ValidationError(_("Dit certificaat is verlopen."))
        return pem

    def clean_certificate_key(self) -> str:
        """Raises ValidationError for what is no key; its text never holds the key."""
        pem = str(self.cleaned_data["certificate_key"]).strip()
        if pem:
            try:
                load_pem_private_key(pem.encode(), password=None)
            except (ValueError, TypeError, UnsupportedAlgorithm):
                raise forms.ValidationError(_("Dit is geen sleutel in PEM-vorm zonder wachtwoord.")) from None
        return pem

    def clean_new_header(self) -> str:
        """Raises ValidationError for a header that we do not send along."""
        name = str(self.cleaned_data["new_header"]).strip()
        if name and (not re.fullmatch(r"[A-Za-z0-9-]+", name) or _is_ours(name.lower())):
            raise forms.ValidationError(_("Deze header kunnen wij niet meesturen."))
        return name

    def clean(self) -> dict[str, Any]:
        """Addresses beside the first, what belongs together, and what must be filled in anew."""
        given: dict[str, Any] = super().clean() or {}
        for name in self.kind.addresses:
            if given.get(name):
                try:
                    given[name] = _address(given[name])
                except forms.ValidationError as fault:
                    self.add_error(name, fault)
        if bool(given.get("new_header")) != bool(given.get("new_header_value")) and not self.errors:
            self.add_error("new_header", _("Vul de naam en de inhoud van de header allebei in."))
        self._clean_certificate(given)
        if not self.errors and goes_elsewhere(self.kind, self.row, self.wanted):
            for name in self.kind.secrets.keys() - self.kind.may_be_missing:
                if not given.get(f"secret-{name}"):
                    self.add_error(f"secret-{name}", self._why_anew())
        return given

    @property
    def wanted(self) -> Wanted:
        """What is filled in, once it is right."""
        given = self.cleaned_data
        secrets = {name: given.get(f"secret-{name}") for name in self.kind.secrets}
        secrets |= {name: given.get(name) for name in CERTIFICATE}
        secrets |= {f"{HEADER}{name}": given.get(f"header-{at}") for at, name in enumerate(self._headers)}
        if given.get("new_header"):
            secrets[f"{HEADER}{given['new_header']}"] = given.get("new_header_value")
        dropped = {f"{HEADER}{name}" for at, name in enumerate(self._headers) if given.get(f"drop-{at}")}
        if given.get("drop_certificate"):
            dropped |= set(CERTIFICATE)
        return Wanted(
            name=given["name"],
            base_url=given["base_url"],
            settings={one: given.get(one, "") for one in (GRANT, *(had.name for had in self.kind.settings))},
            secrets={name: str(value) for name, value in secrets.items() if value},
            dropped=frozenset(dropped),
        )

    @property
    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        bound = {field.name: field for field in self}
        taken = ["name", "base_url", *(one.name for one in self.kind.settings)]
        yield _("Waar het staat"), [bound[name] for name in taken]
        yield _("Sleutels"), [bound[f"secret-{name}"] for name in self.kind.secrets]
        yield (
            _("Extra headers en FSC"),
            [field for name, field in bound.items() if name.startswith(("header-", "drop-", "new_", GRANT))],
        )
        yield _("Ons certificaat"), [field for name, field in bound.items() if "certificate" in name]

    def _why_anew(self) -> str:
        if self.row is None:
            return _("Vul de sleutel in.")
        return _("De gegevens gaan hiermee ergens anders heen. Vul daarom de sleutel opnieuw in.")

    def _clean_certificate(self, given: Mapping[str, Any]) -> None:
        certificate, key = given.get("certificate"), given.get("certificate_key")
        if "certificate" in self.errors or "certificate_key" in self.errors:
            return
        if bool(certificate) != bool(key):
            self.add_error("certificate_key", _("Vul het certificaat en de sleutel allebei in."))
        elif certificate and key:
            try:
                trust(certificate, key)
            except (ssl.SSLError, ValueError):
                self.add_error("certificate_key", _("Deze sleutel hoort niet bij dit certificaat."))


class CaseTypeForm(forms.Form):
    """What a municipality chooses for one kind of case."""

    shown = forms.BooleanField(label=gettext_lazy("Inwoners zien zaken van deze soort"), required=False)
    upload = forms.BooleanField(
        label=gettext_lazy("Inwoners mogen documenten toevoegen zolang de zaak loopt"), required=False
    )
    inform = forms.BooleanField(
        label=gettext_lazy("Inwoners krijgen bericht van elke nieuwe stap, elk document en elk besluit"),
        required=False,
        help_text=gettext_lazy("Alleen nodig als het zaaksysteem zelf niet zegt bij welke stap dat moet."),
    )
    team = forms.CharField(
        label=gettext_lazy("Wie behandelt het?"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Een team, nooit de naam van een medewerker. Leeg: wat het zaaksysteem zegt."),
    )
    phone = forms.RegexField(
        r"^[0-9+() -]*$",
        label=gettext_lazy("Telefoonnummer"),
        required=False,
        max_length=25,
        error_messages={"invalid": gettext_lazy("Vul een telefoonnummer in, zoals (0999) 12 34 56.")},
    )
    email = forms.EmailField(label=gettext_lazy("E-mailadres"), required=False, max_length=100)

    @property
    def choice(self) -> CaseTypeChoice:
        """What was chosen, once it is right."""
        return CaseTypeChoice(**self.cleaned_data)


class CapabilitiesForm(forms.Form):
    """What an administrator knows better than the system says of itself."""

    def __init__(self, facts: list[Fact], data: Any = None) -> None:
        super().__init__(data)
        for fact in facts:
            self.fields[fact.name] = forms.ChoiceField(
                label=str(fact.label),
                required=False,
                choices=[("", _("Zoals het systeem zelf zegt")), ("yes", _("Ja")), ("no", _("Nee"))],
                initial={None: "", True: "yes", False: "no"}[fact.chosen],
            )

    @property
    def chosen(self) -> dict[str, bool]:
        """What was chosen, by the name of the fact."""
        return {name: value == "yes" for name, value in self.cleaned_data.items() if value}


def _is_ours(header: str) -> bool:
    return header in OURS or header.startswith(OURS_TOO)


def _secret(label: Any, kept: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=500,
        validators=[_printable],
        help_text=KEPT if kept else "",
        widget=forms.PasswordInput({"autocomplete": "new-password"}, render_value=False),
    )


def _printable(value: str) -> None:
    if not value.isascii() or not value.isprintable():
        raise forms.ValidationError(_("Hier staat een teken in dat niet in een sleutel hoort."))


def _address(typed: str) -> str:
    address = typed.strip()
    if not address.isascii() or "?" in address or "#" in address or "\\" in address:
        raise forms.ValidationError(_("Dit is geen adres van een API."))
    try:
        check_host(address)
    except AddressRefused:
        raise forms.ValidationError(
            _(
                "Dit adres staat niet op de lijst van de beheerder van de installatie. "
                "Vraag hem om het erop te zetten."
            )
        ) from None
    whole = address if address.endswith("/") else f"{address}/"
    if len(whole) > LONGEST:
        raise forms.ValidationError(_("Dit adres is te lang."))
    return whole
