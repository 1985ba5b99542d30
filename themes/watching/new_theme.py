"""The form with which a designer begins a theme in the browser: the same folder as `make theme-new` makes.

Works without JavaScript. What cannot be is told at its field, and what was filled in stays.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from ..beginning import Choices, begin, fit_name, free_place, name_of_logo
from ..colour import read_colour
from ..faces import FACES
from ..files import KB, SIZES, too_large
from ..png import LEAST_HIGH
from ..refusal import ThemeRefused

MOST = max(SIZES["logo.svg"], SIZES["logo.png"])


class NewTheme(forms.Form):
    """What `Choices` holds, with each fault at its field."""

    slug = forms.CharField(
        label="Korte naam",
        help_text="Zo heet de map. Kleine letters, cijfers en streepjes, zoals voorbeeldstad.",
        error_messages={"required": "Vul een korte naam in, zoals voorbeeldstad."},
    )
    name = forms.CharField(
        label="Naam van de gemeente",
        required=False,
        help_text="Zoals bezoekers hem lezen. Vult u niets in, dan maken wij hem van de korte naam.",
    )
    accent = forms.CharField(
        label="Huiskleur",
        help_text="Voor de balk, de voet en de koppen. Schrijf hem als #00606b.",
        error_messages={"required": "Vul een huiskleur in, zoals #00606b."},
    )
    action = forms.CharField(
        label="Kleur van knoppen",
        required=False,
        help_text="Anders de huiskleur. Is die licht, kies dan hier een donkere: een knop moet opvallen.",
    )
    face = forms.ChoiceField(
        label="Lettertype",
        help_text="Een letter voor koppen krijgt Source Sans 3 naast zich, voor de tekst.",
        choices=[(name, f"{face.family}: {face.about}") for name, face in FACES.items()],
    )
    logo = forms.FileField(
        label="Logo",
        required=False,
        help_text=(
            f"Een SVG (hoogstens {SIZES['logo.svg'] // KB} kB) of een PNG (hoogstens "
            f"{SIZES['logo.png'] // KB} kB, minstens {LEAST_HIGH} pixels hoog). "
            "Zonder logo krijgt u een voorbeeld."
        ),
        error_messages={"empty": "Het logo is een leeg bestand. Kies een ander."},
    )
    dark = forms.BooleanField(label="Ook een donkere stand, voor wie zijn apparaat zo zet", required=False)

    def __init__(self, into: Path, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.into = into

    def clean_slug(self) -> str:
        """A name that can be, of a folder that is not there yet."""
        slug = str(self.cleaned_data["slug"])
        with told_at_field():
            free_place(slug, self.into)
        return slug

    def clean_name(self) -> str:
        """As theme.toml may have it."""
        with told_at_field():
            return fit_name(str(self.cleaned_data["name"]))

    def clean_accent(self) -> str:
        """As `#rrggbb`."""
        return self._colour("accent")

    def clean_action(self) -> str:
        """The same, or nothing."""
        return self.cleaned_data["action"] and self._colour("action")

    def _colour(self, name: str) -> str:
        with told_at_field():
            return read_colour(self.cleaned_data[name], str(self.fields[name].label))

    def clean_logo(self) -> bytes:
        """The drawing, if a theme may have it."""
        uploaded: UploadedFile[bytes] | None = self.cleaned_data["logo"]
        if uploaded is None:
            return b""
        if (size := uploaded.size or 0) > MOST:
            raise forms.ValidationError(too_large("Het logo", size, MOST))
        data: bytes = uploaded.read()
        with told_at_field():
            name_of_logo(data)
        return data

    def clean(self) -> None:
        """A browser does not keep a file: who must send the form again must choose it again."""
        if self.errors and self.cleaned_data.get("logo"):
            self.add_error("logo", "Kies uw logo nog een keer: een browser onthoudt het niet.")

    def begin(self) -> Path | None:
        """Make the folder; where that cannot be, say why in the form."""
        try:
            return begin(Choices(**self.cleaned_data), self.into)
        except ThemeRefused as refused:
            self.add_error(None, refused.reasons)
            return None


@contextmanager
def told_at_field() -> Iterator[None]:
    """Turn a refusal into the fault of the field that is looked at."""
    try:
        yield
    except ThemeRefused as refused:
        raise forms.ValidationError(refused.reasons) from None


class KeepsLittle(FileUploadHandler):
    """Keeps no more of a file than it may have; the rest is counted and let go."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with nothing."""
        super().new_file(*args, **kwargs)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what there is room for."""
        self.kept.write(raw_data[: max(0, MOST - start)])

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """All of the file, or its beginning with its true size."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )
