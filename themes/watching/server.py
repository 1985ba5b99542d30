"""The server of `make theme-watch`, and its few addresses."""

import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from errno import EADDRINUSE
from http import HTTPStatus
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import path
from django.views.decorators.http import require_http_methods

from ..build import all_folders
from ..checking import findings, headline, plain
from ..refusal import ThemeRefused
from .changes import Watch

PATIENCE = 15.0
"""Seconds after which a waiting browser hears that we are still there."""
FROM_HERE = (
    "script-src", "style-src", "img-src", "font-src", "connect-src", "frame-src", "form-action",
    "frame-ancestors",
)  # fmt: skip
POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        **{directive: ["'self'"] for directive in FROM_HERE},
    }
}


def configure(places: list[Path], built: Path) -> None:
    """Django's settings for this server alone."""
    settings.configure(
        SECRET_KEY=secrets.token_urlsafe(),
        ALLOWED_HOSTS=["localhost", "127.0.0.1"],  # no other name leads here, whoever points one at us
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["themes", "django.contrib.staticfiles"],
        MIDDLEWARE=[
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",  # another site that is open may not begin a theme
            "themes.serving.StaticFiles",
            "csp.middleware.CSPMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        CONTENT_SECURITY_POLICY=POLICY,
        LANGUAGE_CODE="nl",
        STATIC_URL="/static/",
        STATICFILES_DIRS=[built / "static"],
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
        THEMES_DIRS=places,
        THEMES_BUILD=built,
        CSRF_COOKIE_NAME="theme_watch",  # of its own among all that runs on this machine
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_COOKIE_SAMESITE="Strict",
        CSRF_FAILURE_VIEW=f"{__name__}.not_ours",
        FILE_UPLOAD_HANDLERS=["themes.watching.new_theme.KeepsLittle"],
        FORM_RENDERER="django.forms.renderers.DjangoTemplates",
    )
    django.setup()


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each question; a browser that waits holds up no other."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes down what went wrong only."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Only faults of ours."""
        if str(code).startswith("5"):
            super().log_request(code, size)


def serve(places: list[Path], built: Path, port: int) -> None:
    """Until it is interrupted. Raises ThemeRefused where it cannot begin.

    Each has a folder of its own: one beside it, with other places, would take its themes for gone.
    """
    built.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that its folder goes too
    with tempfile.TemporaryDirectory(dir=built, prefix="watch-") as own:
        _serve(places, Path(own), port)


def _serve(places: list[Path], built: Path, port: int) -> None:
    (built / "static").mkdir()
    configure(places, built)
    from django.core.wsgi import get_wsgi_application

    try:
        server = make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet)
    except (OSError, OverflowError) as fault:
        why = "is al bezet" if isinstance(fault, OSError) and fault.errno == EADDRINUSE else "kan niet"
        raise ThemeRefused([f"Poort {port} {why}. Kies een andere: make theme-watch PORT=8091."]) from None
    with server:
        watch = begin(Watch(places, built))
        where = f"http://localhost:{server.server_port}/"
        print(f"De thema’s staan op {where} en verversen zichzelf. Stop met Ctrl-C.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
        finally:
            watch.stop()


def begin(watch: Watch) -> Watch:
    """Compile all, and go on looking beside."""
    global _watch
    watch.look()
    threading.Thread(target=watch.run, daemon=True).start()
    _watch = watch
    return watch


_watch: Watch


def desk(request: HttpRequest) -> HttpResponse:
    """Two themes side by side, with what is wrong with any."""
    from ..compiled import themes_in_force
    from ..gallery import pages

    begun = _begun(request)
    mine = all_folders(_watch.places[:-1])  # of whoever is at work; ours are the last place
    themes = sorted(themes_in_force().items(), key=lambda theme: theme[0] not in mine)
    slugs = {slug: str(entry["name"]) for slug, entry in themes}
    more: dict[str, Any] = {
        "refusals": [
            {"title": f"{plain(slug)} kan zo nog niet; u ziet de vorige", "reasons": reasons}
            for slug, reasons in _watch.refused.items()
        ],
        "tellings": [
            {"title": f"{slug}: wat u moet weten ({len(lines)})", "lines": lines}
            for slug, lines in _watch.told.items()
            if not (begun and slug == begun["slug"])
        ],
        "changes_url": "/veranderingen/",
        "new_url": "/nieuw/",
        "begun": begun,
    }
    return HttpResponse(pages.desk(request.GET.dict(), slugs, lambda slug, page: f"/{slug}/{page}/", **more))


def _begun(request: HttpRequest) -> dict[str, Any] | None:
    """What the check says of a theme that was begun here."""
    made = _watch.made.get(request.GET.get("a", "")) if "nieuw" in request.GET else None
    if made is None:
        return None
    return {
        "slug": made.folder.slug,
        "title": headline(made),
        "place": _watch.places[0] / made.folder.slug,
        "findings": findings(made),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a theme, and show it."""
    from ..gallery import pages
    from .new_theme import NewTheme

    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewTheme(_watch.places[0], *given)
    if given and form.is_valid() and (folder := form.begin()):
        _watch.look()
        return HttpResponseRedirect(f"/?a={folder.name}&nieuw=ja", status=HTTPStatus.SEE_OTHER)
    return HttpResponse(pages.new(request, form, str(_watch.places[0])))


def one(request: HttpRequest, slug: str, page: str) -> HttpResponse:  # noqa: ARG001
    """One page of the gallery."""
    from ..compiled import themes_in_force
    from ..gallery import pages

    if page not in pages.PAGES or slug not in themes_in_force():
        raise Http404
    return HttpResponse(pages.page(page, slug, states_url="/toestanden.css", changes_url="/veranderingen/"))


def states(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The base style with states that can be forced; its fonts and pictures are addressed from elsewhere."""
    from ..gallery.states import style

    return HttpResponse(style(), content_type="text/css; charset=utf-8")


def changes(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """Tells a browser, as it comes, that something changed (Server-Sent Events)."""
    answer = StreamingHttpResponse(_told(), content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    return answer


def _told() -> Iterator[str]:
    seen = _watch.number
    while True:
        yield f"event: state\ndata: {START}.{seen}\n\n"
        seen = _watch.wait(seen, PATIENCE)


START = secrets.token_hex(4)
"""Another after each start, so that pages of before are loaded anew."""


def not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that another site sent, or a page that was open for too long."""
    return HttpResponse(
        "Dit formulier komt niet van deze pagina. Ga terug, laad de pagina opnieuw en probeer het nog eens.",
        status=HTTPStatus.FORBIDDEN,
        content_type="text/plain; charset=utf-8",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Without a template."""
    return HttpResponse(
        "Dit is er niet.", status=HTTPStatus.NOT_FOUND, content_type="text/plain; charset=utf-8"
    )


handler404 = not_found
urlpatterns = [
    path("", desk),
    path("nieuw/", new),
    path("toestanden.css", states),
    path("veranderingen/", changes),
    path("<str:slug>/<slug:page>/", one),
]
