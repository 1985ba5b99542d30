"""Error pages: what happened, what to do now, whom to call."""

from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse("Deze pagina was te oud.", status=403, content_type="text/plain; charset=utf-8")
