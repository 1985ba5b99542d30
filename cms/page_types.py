"""The page types beside the plain page. Each is one, with fields for what is always asked of it.

All of them are pages at heart (`ContentPage`): they fall through, are replaced, left out and linked to alike.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from .blocks import FEATURES
from .models import ContentPage
from .opening import on_day
from .slots import refuse_unknown
from .type_blocks import CaseSteps, Exceptions, GuideSteps, Hours, Laws

ABOUT = ContentPage.content_panels[:3]
"""Who uses it, title and answer; what is special comes after them, and then the button and the text."""
TEXT = ContentPage.content_panels[3:]


class ProductPage(ContentPage):
    """Something that the municipality does or gives: how to get it, what it costs, what the law says."""

    upl = models.CharField(
        _("Naam in de Uniforme Productnamenlijst"),
        max_length=120,
        blank=True,
        help_text=_(
            "Zoals “verhuismelding”. Zoekmachines en andere overheden herkennen het product hieraan."
        ),
    )
    upl_uri = models.URLField(
        _("Adres in de Uniforme Productnamenlijst"),
        max_length=255,
        blank=True,
        help_text=_("Komt vanzelf mee als u het product uit de lijst inleest."),
    )
    needed = RichTextField(_("Wat heeft iemand nodig?"), features=FEATURES, blank=True)
    costs = models.CharField(
        _("Wat kost het?"),
        max_length=200,
        blank=True,
        help_text=_("Gebruik een gegeven van de gemeente, zoals [[leges-dakkapel]]: dan klopt het overal."),
    )
    term = models.CharField(_("Hoe lang duurt het?"), max_length=200, blank=True)
    laws = StreamField(Laws(), verbose_name=_("Wat zegt de wet?"), blank=True)
    case_type = models.CharField(
        _("Soort zaak"),
        max_length=80,
        blank=True,
        help_text=_(
            "De identificatie van het zaaktype. Wie is ingelogd, ziet hier dan de eigen lopende zaak."
        ),
    )

    page_description = _("Wat u doet of geeft: hoe iemand het krijgt, wat het kost, hoe lang het duurt.")
    template = "cms/product.html"
    search_fields = [*ContentPage.search_fields, index.SearchField("needed"), index.SearchField("upl")]
    content_panels = [
        *ABOUT,
        FieldPanel("needed"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "costs",
                    help_text=_("Kies een prijs met “Gegeven invoegen”: dan klopt hij in elke gemeente."),
                ),
                FieldPanel("term"),
            ],
            heading=_("Kosten en tijd"),
        ),
        *TEXT,
        FieldPanel("laws"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("upl", "upl_uri", "case_type")], heading=_("Voor computers")
        ),
    ]

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("producten")

    def clean(self) -> None:
        """Slots exist."""
        super().clean()
        refuse_unknown(self, "needed", "costs", "term")


class QuestionPage(ContentPage):
    """A question and its answer; below a product it is listed there."""

    page_description = _(
        "Eén vraag met een kort antwoord. Maakt u haar onder een product, dan staat zij ook dáár."
    )
    template = "cms/content.html"

    class Meta:
        verbose_name = _("vraag en antwoord")
        verbose_name_plural = _("vragen en antwoorden")


class GuidePage(ContentPage):
    """What to do, step by step, where one thing must come after another."""

    steps = StreamField(GuideSteps(), verbose_name=_("Stappen"), min_num=2)

    page_description = _("Wat iemand na elkaar moet doen, stap voor stap.")
    template = "cms/guide.html"
    search_fields = [*ContentPage.search_fields, index.SearchField("steps")]
    content_panels = [*ABOUT, FieldPanel("steps"), *TEXT]

    class Meta:
        verbose_name = _("stappenplan")
        verbose_name_plural = _("stappenplannen")


class LocationPage(ContentPage):
    """A place to visit: where it is and when it is open, on days that differ too."""

    street = models.CharField(_("Straat en nummer"), max_length=100)
    postcode = models.CharField(_("Postcode"), max_length=7, blank=True)
    town = models.CharField(_("Plaats"), max_length=80)
    phone = models.CharField(_("Telefoonnummer"), max_length=30, blank=True)
    hours = StreamField(Hours(), verbose_name=_("Wanneer is het open?"), blank=True)
    exceptions = StreamField(
        Exceptions(),
        verbose_name=_("Dagen die anders zijn"),
        blank=True,
        help_text=_("Wat voorbij is, staat niet meer op de site."),
    )
    appointment = models.CharField(
        _("Afspraak"), max_length=150, blank=True, help_text=_("Zoals “Alleen op afspraak”.")
    )

    page_description = _("Een plek waar mensen heen gaan, met adres en openingstijden.")
    template = "cms/location.html"
    search_fields = [*ContentPage.search_fields, index.SearchField("street"), index.SearchField("town")]
    content_panels = [
        *ABOUT,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("street", "postcode", "town", "phone")], heading=_("Waar?")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("hours", "exceptions", "appointment")], heading=_("Wanneer?")
        ),
        *TEXT,
    ]

    class Meta:
        verbose_name = _("locatie")
        verbose_name_plural = _("locaties")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the hours of the week and the days to come that differ; stored pages last a day at most."""
        from .opening import exceptions_from, week_of

        context = super().get_context(request, *args, **kwargs)
        today = localdate()
        return {
            **context,
            "week": week_of(self.hours),
            "differing": exceptions_from(self.exceptions, today),
            "today": on_day(self.hours, self.exceptions, today),
        }


class NewsPage(ContentPage):
    """News: on the front page, in the list of all news, and in its feed."""

    day = models.DateField(_("Datum van het bericht"), default=localdate)

    page_description = _("Het staat vanzelf op de voorpagina en bij al het nieuws.")
    template = "cms/news.html"
    subpage_types: list[str] = []
    content_panels = [*ABOUT, FieldPanel("day"), *TEXT]

    class Meta:
        verbose_name = _("nieuwsbericht")
        verbose_name_plural = _("nieuwsberichten")


class CaseTypePage(ContentPage):
    """How a kind of case goes, in plain words; Mijn shows these words at each resident's own case."""

    class Way(models.TextChoices):
        """What can be done against its decisions; the names of `portal.registers.zaken.objecting.Way`."""

        OBJECTION = "bezwaar", _("Bezwaar bij de gemeente")
        APPEAL = "beroep", _("Beroep bij de rechtbank")

    identification = models.CharField(
        _("Identificatie van het zaaktype"),
        max_length=80,
        help_text=_("Zoals die in het zaaksysteem staat. Zo vindt Mijn deze tekst."),
    )
    steps = StreamField(
        CaseSteps(),
        verbose_name=_("Stappen"),
        min_num=1,
        help_text=_("In de volgorde van de statussen in het zaaksysteem."),
    )
    needed = RichTextField(_("Wat heeft iemand nodig?"), features=FEATURES, blank=True)
    promise = models.CharField(_("Hoe lang duurt het meestal?"), max_length=200, blank=True)
    legal_term = models.CharField(_("Wanneer moet het klaar zijn van de wet?"), max_length=200, blank=True)
    way = models.CharField(_("Niet eens met het besluit?"), max_length=7, choices=Way, default=Way.OBJECTION)
    objection = RichTextField(_("Hoe gaat dat?"), features=FEATURES, blank=True)

    page_description = _(
        "De stappen van een zaak in gewone woorden. Inwoners lezen ze in Mijn bij hun eigen zaak."
    )
    template = "cms/case_type.html"
    search_fields = [*ContentPage.search_fields, index.SearchField("steps"), index.SearchField("needed")]
    content_panels = [
        *ABOUT,
        FieldPanel("identification"),
        FieldPanel("steps"),
        FieldPanel("needed"),
        MultiFieldPanel([FieldPanel("promise"), FieldPanel("legal_term")], heading=_("Tijd")),
        MultiFieldPanel([FieldPanel("way"), FieldPanel("objection")], heading=_("Bezwaar of beroep")),
        *TEXT,
    ]

    class Meta:
        verbose_name = _("beschrijving van een soort zaak")
        verbose_name_plural = _("beschrijvingen van soorten zaken")

    def clean(self) -> None:
        """Slots exist, and one tree describes a kind of case once in a language."""
        super().clean()
        refuse_unknown(self, "needed", "promise", "legal_term", "objection")
        root = self.url_path.split("/", 2)[1] if self.url_path else ""
        same = CaseTypePage.objects.filter(identification=self.identification).exclude(pk=self.pk)
        if root and same.filter(url_path__startswith=f"/{root}/").exists():
            raise ValidationError({"identification": _("Deze soort zaak is al beschreven.")})
