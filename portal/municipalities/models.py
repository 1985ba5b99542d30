"""The municipality, its facts, keys and connections."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

ONLY_GOES_ON = {"content_generation", "closed", "heir", "keys_destroyed"}


class Municipality(models.Model):
    """The tenant: one Wagtail Site, one theme, own connections, own keys, own ledger.

    A global table: the host decides who is in force, so it is read before anyone is.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(unique=True, max_length=30)
    name = models.CharField(_("naam"), max_length=100, help_text=_("Zonder “gemeente” ervoor."))
    host = models.CharField(_("adres van de site"), unique=True, max_length=253)
    code = models.CharField(_("gemeentecode"), max_length=4, unique=True)
    theme = models.SlugField(_("thema"), max_length=31, default="_base")
    theme_next = models.SlugField(max_length=31, blank=True, default="", editable=False)
    theme_from = models.DateTimeField(null=True, editable=False)
    """From when `theme_next` counts instead; see `brand`."""
    second_brands = models.JSONField(default=dict, editable=False)
    """The beginning of a path, such as "/werkplein/", to the theme of that part of the site."""
    site = models.OneToOneField("wagtailcore.Site", on_delete=models.PROTECT, null=True, related_name="+")
    content_generation = models.PositiveBigIntegerField(default=1, editable=False)
    """Raised in the transaction that publishes own content or changes facts, menu or theme."""
    fictional = models.BooleanField(default=False, editable=False)
    """The demo's mark on the database; production refuses to start on it."""
    closed = models.DateTimeField(null=True, editable=False)
    """Since when its host answers nothing but that it is closed; see `closing`."""
    heir = models.URLField(blank=True, default="", editable=False)
    """Where visitors of a closed site are sent; empty: nowhere."""
    keys_destroyed = models.DateTimeField(null=True, editable=False)
    """Since when nothing that was encrypted for it can be read."""

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keys_destroyed=None) | models.Q(closed__isnull=False),
                name="only_a_closed_municipality_has_no_keys",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Never write back as it was read what must not go back: the generation, and that it is closed."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names - ONLY_GOES_ON
        super().save(*args, **kwargs)


class LibraryGeneration(models.Model):
    """One row: raised when shared content changes, so that every stored page is asked anew."""

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=True), name="one_library_generation")]


def tenant_key(to: str | type[models.Model], *, null: bool = False) -> Any:
    """A key to another tenant table; `TenantTable` makes its constraint composite."""
    return models.ForeignKey(
        to, on_delete=models.PROTECT, null=null, db_constraint=False, db_index=False, related_name="+"
    )


class TenantModel(models.Model):
    """A row of one municipality; row-level security is forced by `TenantTable` in its migration."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.municipality_id:
            from .acting import current_municipality

            self.municipality = current_municipality()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class Fact(TenantModel):
    """One local fact that shared pages fill in: a phone number, opening hours, a fee."""

    key = models.SlugField(_("naam van het gegeven"), max_length=60, db_index=False)
    value = models.TextField(_("tekst op de site"))

    class Meta:
        verbose_name = _("gegeven")
        verbose_name_plural = _("gegevens")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="one_value_a_fact"),
        ]


class Announcement(models.Model):
    """What stands above every page of one site, or of all, from a moment until a moment.

    A global table: one for all sites has no municipality. Public text, nothing of residents.
    """

    class Kind(models.TextChoices):
        """How much attention it asks; in the order in which they stand above a page."""

        CRISIS = "crisis", _("Crisis")
        NOTICE = "notice", _("Mededeling")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+", null=True)
    """None: on all sites."""
    kind = models.CharField(max_length=6, choices=Kind)
    text = models.CharField(max_length=250)
    url = models.CharField(max_length=255, blank=True)
    """Where one reads more: a path on the site, or a whole address."""
    begins = models.DateTimeField()
    ends = models.DateTimeField(db_index=True)
    made_by = models.CharField(max_length=150)
    """The name of who put it there."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("begins")), name="ends_after_it_begins"
            )
        ]


class ThemeAct(TenantModel):
    """Who of the staff gave the site which theme, from when."""

    class Kind(models.TextChoices):
        """What was done."""

        CHOSEN = "chosen", _("gekozen")
        PLANNED = "planned", _("klaargezet")
        CANCELLED = "cancelled", _("niet doorgegaan")
        PART = "part", _("voor een deel van de site")

    kind = models.CharField(max_length=9, choices=Kind)
    theme = models.CharField(max_length=31, blank=True)
    before = models.CharField(max_length=31, blank=True)
    """The theme until then."""
    part = models.CharField(max_length=120, blank=True)
    starts = models.DateTimeField()
    by = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["municipality", "-at"], name="theme_acts_by_time")]


class WrappedKey(TenantModel):
    """A key of the municipality, encrypted under the installation's master key."""

    use = models.CharField(max_length=20)
    master = models.CharField(max_length=20)
    """Which master key wraps it."""
    wrapped = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["municipality", "use", "-created"], name="newest_key_of_use")]


class ConnectionRow(TenantModel):
    """A municipality's address, credentials and limits for one register or provider."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    base_url = models.URLField()
    credentials = models.BinaryField()
    """JSON, encrypted with the municipality's key."""
    parameters = models.JSONField(default=dict)
    switched_off = models.BooleanField(default=False)
    """Not asked for now; residents are told so."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "name"], name="one_connection_a_name"),
        ]
