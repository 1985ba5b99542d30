"""The form of a picture, which refuses what cannot be shown: cut off in an upload, or no picture at all."""

import struct
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)
"""What Pillow raises on broken pictures; UnidentifiedImageError is an OSError."""


class SoundPicture(WagtailImageField):
    """Wagtail's field, which looks only at how a file begins; the rest would fail where it is first shown."""

    def to_python(self, data: Any) -> Any:
        """The file, decoded once. Raises ValidationError."""
        try:
            file = super().to_python(data)
            if file is not None:
                file.seek(0)
                Image.open(file).load()
                file.seek(0)
        except BROKEN:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from None
        return file


class PictureForm(BaseImageForm):
    """Wagtail's form. It makes its own field of the model's, whatever a form says: changed afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].__class__ = SoundPicture
        if "description" in self.fields:
            self.fields["description"].label = _("Wat is te zien?")
            self.fields["description"].help_text = _("Voor wie de afbeelding niet ziet.")
