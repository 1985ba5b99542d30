"""What an editor's browser should not send, and yet it comes: a page says so, and nothing breaks."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from PIL import Image
from wagtail.models import GroupCollectionPermission

from cms.files import Picture
from cms.running_text import RunningText

pytestmark = pytest.mark.django_db


def picture(kind: str, size: int = 40) -> bytes:
    """A sound picture with some colours."""
    made = BytesIO()
    Image.radial_gradient("L").resize((size, size)).convert("P").convert("RGB").save(made, kind)
    return made.getvalue()


GIF = picture("GIF")
BROKEN = {
    "cut off in its header.gif": GIF[:9],
    "cut off in its colours.gif": GIF[:40],
    "cut off in its picture.gif": GIF[: len(GIF) // 2],
    "no frame.gif": GIF[:13] + b";",
    "only a name.gif": b"GIF89a",
    "cut off.png": picture("PNG")[:60],
    "cut off.jpg": picture("JPEG")[:300],
    "cut off.webp": picture("WEBP")[:40],
    "text.gif": b"hallo",
}


PLACES = {
    "/admin/images/add/": "file",
    "/admin/images/multiple/add/": "files[]",
    "/admin/images/chooser/create/": "image-chooser-upload-file",
}
"""Where a picture is uploaded, and the name of the field there."""


def upload(editor: Any, path: str, name: str, content: bytes) -> int:
    """How many pictures there are more afterwards."""
    before, joke = Picture.objects.count(), editor("joke")
    collection = GroupCollectionPermission.objects.filter(group__user__username="joke").first().collection_id
    sent = {PLACES[path]: SimpleUploadedFile(name, content), "title": "Zee", "collection": collection}
    sent |= {"image-chooser-upload-title": "Zee", "image-chooser-upload-collection": collection}
    answer = joke.post(path, sent, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code in (200, 302)
    return Picture.objects.count() - before


@pytest.mark.parametrize("path", PLACES)
def test_a_broken_picture_is_refused_and_a_sound_one_is_not(editor: Any, path: str) -> None:
    for name, content in BROKEN.items():
        assert upload(editor, path, name, content) == 0, name

    assert upload(editor, path, "zee.gif", GIF) == 1


@pytest.mark.parametrize(
    "typed", ["Gewoon tekst", "{", "5", "[]", '{"blocks": 1}', '{"blocks": [{"text": 1}]}', '"<script>"']
)
def test_running_text_that_is_not_the_editors_own_is_kept_as_a_paragraph(typed: str) -> None:
    field = RunningText(features=["bold"])
    sent = QueryDict(mutable=True)
    sent["text"] = typed

    kept = field.value_from_datadict(sent, {}, "text")

    assert kept == f"<p>{typed}</p>".replace('"', "&quot;").replace("<script>", "&lt;script&gt;")
