"""What anybody may read: purposes, the keys that messages are signed with, the contract."""

import json
from collections.abc import Mapping

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja.errors import HttpError

from portal.municipalities import signing
from portal.sharing.models import PurposeVersion, Recall
from portal.sharing.purposes import Ground
from portal.sharing.purposes import read as read_version

from . import shapes
from .door import door

GROUNDS: Mapping[Ground, shapes.Ground] = {
    Ground.CONSENT: "toestemming",
    Ground.LAW_ASKS_YES: "wet-vraagt-ja",
    Ground.LAW: "wet",
}


@door.get(
    "/doelen/{slug:doel}/versies/{int:versie}",
    auth=None,
    response=shapes.PurposeVersion,
    operation_id="leesDoel",
    tags=["Openbaar"],
)
def purpose(request: HttpRequest, doel: str, versie: int) -> shapes.PurposeVersion:  # noqa: ARG001
    """Een doel zoals inwoners het lezen; een versie verandert nooit."""
    with transaction.atomic():
        rows = PurposeVersion.objects.select_related("purpose")
        row = rows.filter(purpose__slug=doel, number=versie).first() if versie <= 1_000_000 else None
        if row is None:
            raise HttpError(404, "")
        recalled = Recall.objects.filter(purpose=row.purpose, until_version__gte=versie).exists()
    known = read_version(row, "nl")
    return shapes.PurposeVersion(
        doel=known.slug,
        versie=known.number,
        grond=GROUNDS[known.ground],
        wet=known.law,
        titel=known.title,
        wie=known.who,
        waarvoor=known.what_for,
        hoeLang=known.how_long,
        bewaren=known.kept,
        gegevens=[
            shapes.Attribute(naam=one.name, omschrijving=one.label, verplicht=one.required)
            for one in known.attributes
        ],
        ontvangers=list(known.receivers),
        eenmalig=known.one_time,
        ingetrokken=recalled,
        kenmerk=known.content_hash,
        activiteit=known.activity,
    )


@door.get("/sleutels", auth=None, response=shapes.Keys, operation_id="leesSleutels", tags=["Openbaar"])
def keys(request: HttpRequest) -> shapes.Keys:  # noqa: ARG001
    """De openbare sleutels (JWKS) waarmee deze gemeente berichten aan u tekent."""
    with transaction.atomic():
        return shapes.Keys.model_validate(signing.key_set())


@require_safe
def contract(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The contract, for anybody from anywhere (API rule /core/publish-openapi)."""
    text = json.dumps(door.get_openapi_schema(), ensure_ascii=False)
    answer = HttpResponse(text, content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Cache-Control"] = "public, max-age=300"
    return answer
