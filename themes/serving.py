"""Serves a theme that was compiled after the portal started.

whitenoise reads the folder of static files once. Compiled themes carry their content's hash in their name, so
a name it does not know can only be newer; it is looked up where the compiler writes.
"""

import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

from .build import FILES

COMPILED = re.compile(r"themes/([a-z_][a-z0-9-]*\.[0-9a-f]{12}\.(css|svg|json|woff2))")


class StaticFiles(WhiteNoiseMiddleware):
    """whitenoise, and compiled themes as they come."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith(settings.STATIC_URL) and path not in self.files:
            self.add_compiled(path)
        response: HttpResponseBase = super().__call__(request)
        return response

    def add_compiled(self, url: str) -> None:
        """Take a file that the compiler wrote since we started, if that is what the address asks for."""
        found = COMPILED.fullmatch(url.removeprefix(settings.STATIC_URL))
        if found and (path := Path(settings.THEMES_BUILD) / FILES / found[1]).is_file():
            self.add_file_to_dictionary(url, str(path))
