"""Pictures and documents. A collection says whose a file is; tags would be shared, so there are none."""

from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

PLACE = "images"


class Picture(AbstractImage):
    """A picture, kept in the folder of its collection, so that no site serves another's."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")

    def get_upload_to(self, filename: str) -> str:
        """In the folder of its collection."""
        name = PurePosixPath(super().get_upload_to(filename)).name
        return f"{PLACE}/{folder_of(self.collection.name)}/{name}"


class PictureRendition(AbstractRendition):
    """A picture in the size that a page shows; beside the original."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="one_picture_of_a_size"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """Beside the original, whatever collection that has moved to since."""
        name = PurePosixPath(super().get_upload_to(filename)).name
        return str(PurePosixPath(self.image.file.name).parent / name)


class File(AbstractDocument):
    """A document to keep, such as a form to print."""

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")


def folder_of(collection: str) -> str:
    """The folder of a collection: collections are named after the tree's slug."""
    from django.utils.text import slugify

    return slugify(collection) or "root"
