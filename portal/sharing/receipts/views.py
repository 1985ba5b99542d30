"""A resident's downloads, and the public page that says “echt” or “niet echt”."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.limits import too_many, visitor
from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities import signing
from portal.sharing.grants import NotYours

from . import jsonld, numbers, record, signed, words
from .forms import FileForm, NumberForm
from .pdf import as_pdf, file_name
from .verify import file_is_genuine, number_is_genuine

ENDINGS = ("pdf", "json")
MOST = 30
"""Questions a minute from one place; a number has 75 random bits, so this is against load only."""


@require_GET
@signed_in(for_another=Reach.LOOK)
def download(request: MijnRequest, grant: UUID, act: str, ending: str) -> HttpResponse:
    """The receipt of one act of an own grant, as PDF or linked data; anybody else's is not there."""
    try:
        found = record.one_own(request.resident_session, grant, act)
        document = found if ending in ENDINGS else None
    except NotYours:
        document = None
    if document is None:
        return render(request, "sharing/not_yours.html", status=404)
    if ending == "pdf":
        paper = as_pdf(document, words.person(request.resident_session))
        answer = HttpResponse(paper, content_type="application/pdf")
    else:
        content = signed.as_file(jsonld.linked_data(document))
        answer = HttpResponse(content, content_type="application/ld+json")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(document, ending)}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, number: str = "") -> HttpResponse:
    """Whether a receipt is genuine, by its number or by the file; whose it is or what of stays unsaid."""
    if too_many("receipts", visitor(request), most=MOST):
        return _unseen(render(request, "sharing/verify_too_often.html", status=429))
    by_number, by_file, genuine = NumberForm(), FileForm(), None
    if request.method == "POST" and "number" in request.POST:
        by_number = NumberForm(request.POST)
        if by_number.is_valid():
            number = by_number.cleaned_data["number"]
            genuine = number_is_genuine(number)
            by_number = NumberForm()
    elif request.method == "POST":
        by_file = FileForm(request.POST, request.FILES)
        if by_file.is_valid():
            genuine = file_is_genuine(by_file.cleaned_data["content"])
            by_file = FileForm()
    elif number:
        genuine = number_is_genuine(number)
    shown = {
        "genuine": genuine,
        "asked": genuine is not None,
        "number": numbers.repeated(number),
        "by_number": by_number,
        "by_file": by_file,
        "has_faults": by_number.errors or by_file.errors,
    }
    return _unseen(render(request, "sharing/verify.html", shown))


@require_GET
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's
    """The municipality's public keys, for who checks a receipt without us."""
    return JsonResponse(signing.key_set(), content_type="application/jwk-set+json")


def _unseen(answer: HttpResponse) -> HttpResponse:
    """Neither kept by anybody in between nor found by searching."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
