"""Under /api/v1/, for consumers and for who checks the log; plain views stand before the operations."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from .api import events, grants, law, public, questions, tokens
from .api.door import door
from .api.problems import problem

_ROOMS = (events, grants, law, public, questions, tokens)  # each adds its operations when it is imported


def _operations() -> list[URLPattern]:
    """Each opens its own transaction: reading by law asks registers between two."""
    patterns = [one for one in door.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for pattern in patterns:
        pattern.callback = transaction.non_atomic_requests(pattern.callback)
    return patterns


@csrf_exempt
@transaction.non_atomic_requests
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """Under /api/ no address leads to a page of the site."""
    return problem(404)


urlpatterns = [
    path("openapi.json", public.contract, name="consumers_contract"),
    *_operations(),
    re_path(r"^.*$", nothing_here),
]
