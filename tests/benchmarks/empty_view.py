"""The least that Django can do: one view without words and no database. For comparison only.

`EMPTY_VIEW=bare` takes away the middleware that Django gives to a new project. That of sessions, users and
messages is never there: it does nothing for a view that asks no database.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

NEW_PROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Content-Length": "0"})


urlpatterns = [path("", nothing)]
settings.configure(
    SECRET_KEY="-",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[] if os.environ.get("EMPTY_VIEW") == "bare" else NEW_PROJECT,
)
application = get_wsgi_application()
