"""The page types, few and sharp, and what a municipality leaves out of the library.

Nothing that a resident typed is ever stored in these tables: they have no municipality of their own and are
fenced in code.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, PublishingPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.municipalities.menu import menu_being

from .announcements_models import DutyOffice
from .blocks import OPEN_ADDRESS, Body, MenuLines, Tasks
from .connections_models import Administration
from .feedback_models import UsefulCount
from .files import File, Picture, PictureRendition
from .importing_models import ReadIn
from .planned_models import Told
from .purposes_models import LibraryPurpose, LibraryPurposeReview, LibraryPurposeRevision, PrivacyOffice
from .search_models import IndexedPage, Synonym
from .second_person_models import SecondPerson
from .served import Served
from .shared_pages.panels import UsePanel
from .shared_pages_models import Change, Copied, FilledIn, LookedAt, Offer, Required
from .slots import refuse_unknown
from .trees import LIBRARY, is_library, languages, root_slug
from .writing.panels import CheckPanel

__all__ = [
    "Administration",
    "CaseTypePage",
    "Change",
    "ContentPage",
    "Copied",
    "DutyOffice",
    "File",
    "FilledIn",
    "GuidePage",
    "HomePage",
    "IndexedPage",
    "LeftOut",
    "LibraryPurpose",
    "LibraryPurposeReview",
    "LibraryPurposeRevision",
    "LibraryRoot",
    "LocationPage",
    "LookedAt",
    "NewsPage",
    "Offer",
    "Picture",
    "PictureRendition",
    "PrivacyOffice",
    "ProductPage",
    "QuestionPage",
    "ReadIn",
    "Required",
    "SecondPerson",
    "Synonym",
    "Told",
    "UsefulCount",
]

ALL_TYPES = [
    "cms.ContentPage",
    "cms.ProductPage",
    "cms.QuestionPage",
    "cms.GuidePage",
    "cms.LocationPage",
    "cms.NewsPage",
    "cms.CaseTypePage",
]
"""What an editor can make below a home page, a root of the library or another page."""

TAKEN = {
    *("mijn", "bewijs", "register", "bekendmakingen", "nieuws", "zoeken", "was-dit-nuttig"),
    *("api", "media", "documents", "static"),
}
"""What stands on every site by itself, as each language does; a page there would never be seen."""


def is_taken(slug: str) -> bool:
    """Whether a site has something else there."""
    return slug in TAKEN or slug in languages()


TITLE = [TitleFieldPanel("title", heading=_("Titel"), placeholder=False)]
"""Its address follows what is typed, until the page is on the site."""


class LibraryRoot(Served, Page):
    """Where the pages stand that are made once for all; one for each language. Not a page itself."""

    preview_modes: list[Any] = []

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ALL_TYPES
    content_panels = TITLE
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    is_creatable = False

    class Meta:
        verbose_name = _("bibliotheek")
        verbose_name_plural = _("bibliotheken")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The slug is fixed: addresses are built on it."""
        self.slug = root_slug(LIBRARY, self.locale.language_code)
        super().full_clean(*args, **kwargs)


class HomePage(Served, Page):
    """The first page of a municipality's site, and the root of its own pages."""

    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+", editable=False
    )
    intro = models.CharField(
        _("Welkom"), max_length=200, blank=True, help_text=_("Eén of twee zinnen. Wat kan een inwoner hier?")
    )
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("Afbeelding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    tasks = StreamField(Tasks(), verbose_name=_("Veelgevraagd"), blank=True)
    menu = StreamField(
        MenuLines(max_num=10),
        verbose_name=_("Menu"),
        blank=True,
        help_text=_(
            "Leeg: het menu van de bibliotheek, met uw eigen pagina’s die “In het menu” staan. Kiest u hier, "
            "dan staat in het menu precies dit, in deze volgorde. Een pagina van de bibliotheek mag ook."
        ),
    )
    footer = StreamField(
        MenuLines(max_num=20),
        verbose_name=_("Onderaan elke pagina"),
        blank=True,
        help_text=_(
            "Leeg: wat de bibliotheek onderaan zet, met uw eigen pagina’s die “Onderaan elke pagina” staan. "
            "Kiest u hier, dan staat er dit, in deze volgorde. Wat de wet vraagt, blijft er altijd bij."
        ),
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ALL_TYPES
    is_creatable = False
    template = "cms/home.html"
    content_panels = [
        *TITLE,
        *(FieldPanel(name) for name in ("intro", "picture", "tasks", "menu", "footer")),
    ]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    class Meta:
        verbose_name = _("voorpagina")
        verbose_name_plural = _("voorpagina’s")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The slug is fixed: addresses are built on it."""
        self.slug = root_slug(self.municipality.slug, self.locale.language_code)
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Slots exist; a picture says what is to be seen."""
        super().clean()
        refuse_unknown(self, "intro")
        if self.picture and not self.picture.description.strip():
            told = _("Deze afbeelding zegt nog niet wat er te zien is. Vul dat in bij Afbeeldingen.")
            raise ValidationError({"picture": told})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the cards of what people come for, and the news."""
        from .listings import NEWS, cards_of
        from .news.latest import latest

        context = super().get_context(request, *args, **kwargs)
        return {**context, "cards": cards_of(self), "news": latest(NEWS)}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """With the menu that is being chosen."""
        from .menu import tried_on

        with menu_being(lambda language: tried_on(self, language)):
            return super().serve_preview(request, mode_name)


PLANNED_IN = range(2000, 2100)
"""The years in which a page can come or go."""


class ContentPage(Served, Page):
    """A page with an answer: of the library, for all, or of one municipality."""

    class Place(models.TextChoices):
        """Where the site links to a page by itself."""

        NOWHERE = "", _("Nergens vanzelf")
        MENU = "menu", _("In het menu")
        LEGAL = "legal", _("Onderaan elke pagina")

    intro = models.TextField(
        _("Het antwoord"),
        max_length=400,
        help_text=_("Begin met het antwoord, in hoogstens vier korte zinnen."),
    )
    button_label = models.CharField(_("Tekst op de knop"), max_length=60, blank=True)
    button_url = models.CharField(
        _("Waar gaat de knop heen?"),
        max_length=255,
        blank=True,
        validators=[OPEN_ADDRESS],
        help_text=_("Een pad op de site, zoals /mijn/, of een heel adres met https://."),
    )
    body = StreamField(Body(), verbose_name=_("Tekst"), blank=True)
    place = models.CharField(
        _("Waar staat deze pagina?"),
        max_length=10,
        choices=Place,
        default="",
        blank=True,
        help_text=_("Kiest een gemeente het menu zelf, op haar voorpagina, dan telt daar die keuze."),
    )
    checked_on = models.DateField(_("Laatst gecontroleerd op"), null=True, blank=True)
    review_on = models.DateField(
        _("Opnieuw nakijken op"),
        null=True,
        blank=True,
        help_text=_("Op deze dag krijgt uw redactie een mail. Inwoners zien deze dag niet."),
    )
    asks_whether_useful = models.BooleanField(
        _("Vraag of deze pagina nuttig was"),
        default=True,
        help_text=_("Zet dit uit op een pagina voor een moeilijk moment, zoals een overlijden."),
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("Vervangt deze pagina van de bibliotheek"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Op uw site ziet een inwoner dan deze pagina, en niet die van de bibliotheek."),
    )

    parent_page_types = ["cms.HomePage", "cms.LibraryRoot", *ALL_TYPES]
    subpage_types = ALL_TYPES
    page_description = _("Al het andere: een tekst met koppen, afbeeldingen of een formulier.")
    template = "cms/content.html"
    search_fields: list[Any] = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    content_panels: list[Any] = [
        UsePanel(heading=_("Wie gebruikt deze pagina?")),
        *TITLE,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("button_label"), FieldPanel("button_url")], heading=_("Knop")),
        FieldPanel("body"),
        FieldPanel("checked_on"),
        FieldPanel("review_on"),
        CheckPanel(heading=_("Kijk nog eens naar")),
    ]
    promote_panels = [
        FieldPanel("slug", heading=_("Adres op de site")),
        FieldPanel("place"),
        FieldPanel("asks_whether_useful"),
        FieldPanel("replaces"),
        FieldPanel("search_description", heading=_("Beschrijving voor zoekmachines")),
    ]
    settings_panels = [PublishingPanel(), CommentPanel()]

    class Meta:
        verbose_name = _("pagina")
        verbose_name_plural = _("pagina’s")

    def clean(self) -> None:
        """A button has text and address; slots exist; the library is replaced, and by own pages.

        It comes and goes in years that everything can read: PostgreSQL keeps earlier and later ones, and one
        such row fails every page that asks for it.
        """
        super().clean()
        if any(at and at.year not in PLANNED_IN for at in (self.go_live_at, self.expire_at)):
            raise ValidationError(_("Kies een moment tussen 2000 en 2100."))
        if bool(self.button_label) != bool(self.button_url):
            raise ValidationError({"button_url": _("Vul bij een knop de tekst én het adres in.")})
        refuse_unknown(self, "intro")
        if is_taken(self.slug):
            raise ValidationError({"slug": _("Dit adres is van de site zelf. Kies een ander.")})
        if self.replaces and (is_library(self.url_path or "") or not is_library(self.replaces.url_path)):
            raise ValidationError({"replaces": _("Kies een pagina van de bibliotheek.")})


class LeftOut(models.Model):
    """A page of the library, or an optional part of one, that a municipality does not show."""

    home = models.ForeignKey(HomePage, on_delete=models.CASCADE, related_name="left_out")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    block = models.CharField(max_length=36, blank=True, default="")
    """The id of the part; empty for the whole page."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "page", "block"], name="left_out_once")]


from .page_types import (  # noqa: E402  # they are made of the page above
    CaseTypePage,
    GuidePage,
    LocationPage,
    NewsPage,
    ProductPage,
    QuestionPage,
)
