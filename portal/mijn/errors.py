"""Error pages: what happened, what to do now, whom to call."""

from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse("Deze pagina was te oud.", status=403, content_type="text/plain; charset=utf-8")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("Dit mag niet.", status=403, content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("Deze pagina is er niet.", status=404, content_type="text/plain; charset=utf-8")


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Er ging iets mis.", status=500, content_type="text/plain; charset=utf-8")
