"""What the text of a page is built from. One template each, in `cms/templates/cms/blocks/`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from .slots import unknown_slots
from .writing.chips import FEATURE as FACT

FEATURES = ["h3", "bold", "ol", "ul", "link", "document-link"]
"""What a text may hold: enough to write clearly, nothing to decorate with."""

OPEN_ADDRESS = RegexValidator(r"^(/(?![/\\])|https://)", _("Begin met / of met https://."))
"""Of a link that an editor types: on the site, or a whole one; never one of another scheme."""


class Text(blocks.RichTextBlock):
    """Running text with slots; refuses a slot that no municipality can fill in."""

    def __init__(self, **kwargs: Any) -> None:
        features = [*kwargs.pop("features", FEATURES), FACT]
        super().__init__(**{"label": _("Tekst"), **kwargs, "features": features})

    def clean(self, value: Any) -> Any:
        """Raises ValidationError with the names that do not exist."""
        cleaned = super().clean(value)
        if wrong := unknown_slots(cleaned.source):
            names = ", ".join(sorted(f"[[{name}]]" for name in wrong))
            raise ValidationError(_("Dit gegeven bestaat niet: %(names)s.") % {"names": names})
        return cleaned


class Section(blocks.StructBlock):
    """A heading and its text."""

    title = blocks.CharBlock(label=_("Kop"), max_length=100)
    text = Text()

    class Meta:
        label = _("Kop met tekst")
        icon = "title"
        template = "cms/blocks/section.html"


class Optional(Section):
    """A part of a library page that a municipality may leave out."""

    class Meta:
        label = _("Kop met tekst die een gemeente mag weglaten")
        icon = "view"
        template = "cms/blocks/section.html"


class FillIn(blocks.StructBlock):
    """A part of a library page that each municipality writes itself (`shared_pages.filling`)."""

    title = blocks.CharBlock(label=_("Kop"), max_length=100)
    asked = blocks.CharBlock(
        label=_("Wat schrijft een gemeente hier?"),
        max_length=300,
        search_index=False,
        help_text=_("Voor redacteuren. Inwoners lezen dit niet."),
    )
    text = Text(
        label=_("Tekst zolang een gemeente niets invult"),
        required=False,
        help_text=_("Laat leeg als er dan niets hoeft te staan."),
    )

    class Meta:
        label = _("Kop met tekst die een gemeente invult")
        icon = "edit"
        template = "cms/blocks/fill_in.html"


class Steps(blocks.StructBlock):
    """What happens one after another."""

    title = blocks.CharBlock(label=_("Kop"), max_length=100)
    steps = blocks.ListBlock(Text(label=_("Stap"), features=["bold", "link"]), label=_("Stappen"), min_num=2)

    class Meta:
        label = _("Stappen")
        icon = "list-ol"
        template = "cms/blocks/steps.html"


class Notice(blocks.StructBlock):
    """Something a reader may not miss."""

    kind = blocks.ChoiceBlock(
        label=_("Soort"), choices=[("info", _("Goed om te weten")), ("warning", _("Let op"))], default="info"
    )
    title = blocks.CharBlock(label=_("Kop"), max_length=100)
    text = Text()

    class Meta:
        label = _("Mededeling")
        icon = "warning"
        template = "cms/blocks/notice.html"


class Picture(blocks.StructBlock):
    """A picture with what it shows in words, or none where it only decorates."""

    picture = ImageChooserBlock(label=_("Afbeelding"))
    alt = blocks.CharBlock(
        label=_("Wat is te zien?"),
        max_length=200,
        required=False,
        help_text=_("Voor wie de afbeelding niet ziet."),
    )
    decorates = blocks.BooleanBlock(label=_("Deze afbeelding versiert alleen"), required=False)

    def clean(self, value: Any) -> Any:
        """Either words, or the choice that none are needed: leaving them out is never an oversight."""
        cleaned = super().clean(value)
        if not cleaned["alt"].strip() and not cleaned["decorates"]:
            told = ValidationError(_("Schrijf wat er te zien is, of kies dat de afbeelding alleen versiert."))
            raise blocks.StructBlockValidationError(block_errors={"alt": told})
        return cleaned

    class Meta:
        label = _("Afbeelding")
        icon = "image"
        template = "cms/blocks/picture.html"


class Contact(blocks.StructBlock):
    """How to reach a person of the municipality; filled in from its facts."""

    title = blocks.CharBlock(label=_("Kop"), max_length=100, default=_("Liever langskomen of bellen?"))

    class Meta:
        label = _("Contact")
        icon = "mail"
        template = "cms/blocks/contact.html"


class FormLink(blocks.StructBlock):
    """A form to fill in, with what one must know before beginning."""

    label = blocks.CharBlock(label=_("Hoe heet het formulier?"), max_length=80)
    url = blocks.CharBlock(
        label=_("Adres"),
        max_length=255,
        validators=(OPEN_ADDRESS,),
    )
    minutes = blocks.IntegerBlock(
        label=_("Hoeveel minuten duurt het?"), min_value=1, max_value=240, required=False
    )
    digid = blocks.BooleanBlock(label=_("Inloggen met DigiD is nodig"), required=False)

    class Meta:
        label = _("Formulier")
        icon = "form"
        template = "cms/blocks/form.html"


class Body(blocks.StreamBlock):
    """The text of a page."""

    section = Section()
    steps = Steps()
    notice = Notice()
    picture = Picture()
    optional = Optional()
    fill_in = FillIn()
    form = FormLink()
    contact = Contact()


class Task(blocks.StructBlock):
    """One of the things people come for most."""

    page = blocks.PageChooserBlock(label=_("Pagina"), target_model="cms.ContentPage")
    text = blocks.CharBlock(label=_("Wat kan ik daar?"), max_length=120, required=False)

    class Meta:
        label = _("Veelgevraagd")
        icon = "link"


class Tasks(blocks.StreamBlock):
    """What people come for most; shown as cards on the home page."""

    task = Task()


class MenuPage(blocks.StructBlock):
    """A page that stands in a menu, by its own title."""

    page = blocks.PageChooserBlock(label=_("Pagina"), target_model="cms.ContentPage")

    class Meta:
        label = _("Pagina")
        icon = "doc-empty"


class MenuLink(blocks.StructBlock):
    """Something else that stands in a menu, such as the list of all news."""

    label = blocks.CharBlock(label=_("Hoe heet het in het menu?"), max_length=60)
    url = blocks.CharBlock(
        label=_("Adres"),
        max_length=255,
        validators=(OPEN_ADDRESS,),
        help_text=_("Een pad op de site, zoals /nieuws/, of een heel adres met https://."),
    )

    class Meta:
        label = _("Ander adres")
        icon = "link"


class MenuLines(blocks.StreamBlock):
    """What a municipality has in its menu or at the foot of each page, in this order."""

    page = MenuPage()
    link = MenuLink()

    def clean(self, value: Any) -> Any:
        """Each page once: twice the same link only slows down who listens to it."""
        cleaned = super().clean(value)
        seen: set[int] = set()
        for place, line in enumerate(cleaned):
            if line.block_type == "page" and line.value["page"]:
                if line.value["page"].pk in seen:
                    told = ValidationError(_("Deze pagina staat er al in."))
                    raise blocks.StreamBlockValidationError(
                        block_errors={place: blocks.StructBlockValidationError(block_errors={"page": told})}
                    )
                seen.add(line.value["page"].pk)
        return cleaned
