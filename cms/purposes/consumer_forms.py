"""The form of a consumer. A pasted key never comes back on screen: it may be a secret one, by mistake."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.municipalities.outgoing import AddressRefused, check_host
from portal.sharing import purposes
from portal.sharing.consumer_keys import NotAKey, are_different, fingerprint, read
from portal.sharing.consumers_registered import Registered, as_it_is
from portal.sharing.models import Consumer
from portal.sharing.models.consumers import Kind

MOST_KEYS = 5
MOST_ADDRESSES = 10
LONGEST = 200  # signs of an address
NO_KEY: Mapping[str, Any] = {
    NotAKey.PRIVATE: gettext_lazy(
        "Dit is een geheime sleutel. Wij bewaarden hem niet. Hij is nu niet meer geheim: "
        "vraag de beheerder van het systeem om een nieuwe, en alleen om het openbare deel."
    ),
    NotAKey.OTHER: gettext_lazy(
        "Dit is geen openbare sleutel die wij kennen. Vraag om een JWK of PEM van het soort "
        "Ed25519, P-256 of RSA van 2048 bits of meer."
    ),
}


class Unseen(forms.Textarea):
    """Never gives back what was typed."""

    def format_value(self, value: Any) -> None:
        """Nothing."""


class ConsumerForm(forms.Form):
    """A consumer, new or known."""

    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=200,
        help_text=gettext_lazy("Inwoners lezen deze naam. Bijvoorbeeld: Wijkteam Noord."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Wie is dat?"),
        choices=[
            (Kind.PUBLIC.value, gettext_lazy("Een overheid")),
            (Kind.PRIVATE.value, gettext_lazy("Een bedrijf of stichting")),
        ],
        help_text=gettext_lazy("Een bedrijf of stichting krijgt nooit het BSN."),
    )
    oin = forms.CharField(
        label=gettext_lazy("OIN"),
        required=False,
        max_length=20,
        validators=[RegexValidator(r"^\d{20}$", gettext_lazy("Een OIN heeft 20 cijfers."))],
        help_text=gettext_lazy("Het nummer van de organisatie, als die er een heeft."),
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Welke doelen mag het lezen?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Een nieuw doel hoeft u hier niet te kiezen: dat gaat mee met publiceren."),
    )
    new_key = forms.CharField(
        label=gettext_lazy("Nieuwe openbare sleutel"),
        required=False,
        widget=Unseen({"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Als JWK of als PEM. Plak hier nooit een geheime sleutel."),
    )
    events_url = forms.CharField(
        label=gettext_lazy("Adres voor berichten"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Hier melden wij wat er gebeurt. Leeg: het systeem vraagt er zelf om."),
    )
    return_urls = forms.CharField(
        label=gettext_lazy("Adressen om naar terug te gaan"),
        required=False,
        max_length=MOST_ADDRESSES * LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Waar een inwoner na het antwoord heen mag. Eén adres op elke regel."),
    )

    def __init__(self, row: Consumer | None = None, data: Any = None) -> None:
        self._now = as_it_is(row) if row else None
        self.seen = mark_of(self._now) if self._now else ""
        """What is on screen, as the form sends it back."""
        super().__init__(data, initial=_initial(self._now))
        chosen: Any = self.fields["purposes"]
        chosen.choices = _purposes(self._now.purposes if self._now else ())
        if row is None:
            slug = forms.SlugField(
                label=_("Korte naam"),
                max_length=60,
                help_text=_(
                    "Hiermee meldt het systeem zich aan. Dit verandert nooit. Zoals: wijkteam-noord."
                ),
            )
            self.fields = {"name": self.fields.pop("name"), "slug": slug, **self.fields}
            self.fields["new_key"].required = True
        for number, key in enumerate(self._keys):
            self.fields[f"away-{number}"] = forms.BooleanField(
                label=_("Neem sleutel %(name)s weg") % {"name": key.get("kid", number + 1)},
                required=False,
                help_text=fingerprint(key),
            )

    def clean_slug(self) -> str:
        """In small letters, as it stands in addresses."""
        return str(self.cleaned_data["slug"]).lower()

    def clean_new_key(self) -> list[dict[str, str]]:
        """Raises ValidationError for what is no public key, without a part of it."""
        text = self.cleaned_data["new_key"]
        if not text:
            return []
        try:
            return read(text)
        except NotAKey as fault:
            raise ValidationError(NO_KEY[str(fault)]) from None

    def clean_events_url(self) -> str:
        """Raises ValidationError for an address that we make no call to; one that is there may stay."""
        address = str(self.cleaned_data["events_url"]).strip()
        if address and not (self._now and address == self._now.events_url):
            if not address.isascii() or not address.isprintable() or set(address) & set(" #\\"):
                raise ValidationError(_("Dit is geen adres van een API."))
            try:
                check_host(address)
            except AddressRefused:
                raise ValidationError(
                    _(
                        "Dit adres staat niet op de lijst van de beheerder van de installatie. "
                        "Vraag hem om het erop te zetten."
                    )
                ) from None
        return address

    def clean_return_urls(self) -> list[str]:
        """Raises ValidationError for what is no safe address; those that are there may stay."""
        lines = [line.strip() for line in self.cleaned_data["return_urls"].splitlines() if line.strip()]
        known = set(self._now.return_urls) if self._now else set()
        for line in lines:
            if line not in known:
                _safe(line)
        if len(lines) > MOST_ADDRESSES:
            raise ValidationError(_("Dit zijn te veel adressen."))
        return list(dict.fromkeys(lines))

    def clean(self) -> dict[str, Any]:
        """Its keys together: at least one, and none twice."""
        given: dict[str, Any] = super().clean() or {}
        if self.data.get("seen", "") != self.seen:  # saved meanwhile, in another tab or by a colleague
            self.add_error(
                None,
                _(
                    "De afnemer is intussen veranderd. Wat u invulde, staat er nog, maar niet wat de ander "
                    "veranderde. Kijk in een nieuw tabblad hoe het nu is, en pas het aan. Bewaar dan opnieuw."
                ),
            )
        if "new_key" in given:
            keys = self._kept(given)
            if not keys:
                self.add_error("new_key", _("Zonder sleutel kan het systeem zich niet aanmelden."))
            elif not are_different(keys):
                self.add_error(
                    "new_key", _("Er is al een sleutel met deze naam, of het is dezelfde sleutel.")
                )
            elif len(keys) > MOST_KEYS:
                self.add_error("new_key", _("Dit zijn te veel sleutels. Neem eerst een oude weg."))
        return given

    @property
    def wanted(self) -> Registered:
        """What is filled in, once it is right."""
        given = self.cleaned_data
        return Registered(
            name=given["name"],
            kind=given["kind"],
            oin=given["oin"],
            keys=self._kept(given),
            purposes=_in_order(self._now.purposes if self._now else (), given["purposes"]),
            events_url=given["events_url"],
            return_urls=given["return_urls"],
        )

    @property
    def _keys(self) -> Sequence[Mapping[str, Any]]:
        return self._now.keys if self._now else ()

    def _kept(self, given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        stay = [key for number, key in enumerate(self._keys) if not given.get(f"away-{number}")]
        return [*stay, *given["new_key"]]


def mark_of(now: Registered) -> str:
    """What was on screen, so that what somebody else saved meanwhile is noticed."""
    return hashlib.sha256(json.dumps(asdict(now), sort_keys=True).encode()).hexdigest()


def _initial(now: Registered | None) -> dict[str, Any]:
    if now is None:
        return {}
    return {
        "name": now.name,
        "kind": now.kind,
        "oin": now.oin,
        "purposes": now.purposes,
        "events_url": now.events_url,
        "return_urls": "\n".join(now.return_urls),
    }


def _purposes(has: Sequence[str]) -> list[tuple[str, str]]:
    offered = {one.slug: one.title for one in purposes.offered("nl")}
    gone = {
        slug: _("%(slug)s (niet meer aangeboden)") % {"slug": slug} for slug in has if slug not in offered
    }
    return [*offered.items(), *gone.items()]


def _in_order(had: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """Those that were there first, so that the same choice is no change."""
    return [*(one for one in had if one in chosen), *(one for one in chosen if one not in had)]


def _safe(address: str) -> None:
    try:
        URLValidator(["https"])(address)
        fits = not urlsplit(address).username and len(address) <= LONGEST
    except (ValidationError, ValueError):
        fits = False
    if not fits:
        raise ValidationError(_("Elk adres begint met https://, en heeft geen naam of wachtwoord."))
