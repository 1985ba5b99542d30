"""How a call is read, before any middleware sees it: as UTF-8, whatever it calls itself.

Django looks up the charset that a call names, and reads the address with it at once. Python knows some that
read no text (`hex`, `undefined`), and those would fall over where nothing of ours can answer.
"""

from collections.abc import Mapping
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class ReadAsUTF8(WSGIRequest):
    """A request whose kind of body is what it says, and whose text is UTF-8."""

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):  # a parameter in a charset that is none (RFC 2231)
            self.content_type, self.content_params = "", {}


class Handler(WSGIHandler):
    """The application, for the web server."""

    request_class = ReadAsUTF8
