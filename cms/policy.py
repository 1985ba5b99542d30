"""The content security policy of the CMS: as strict as the sites', with what Wagtail needs named one by one.

- pictures that were just chosen are shown from memory (`blob:`);
- the preview stands in a frame of this very host;
- a handful of style sheets that Wagtail's scripts put into the page are allowed by their hash (`injected_styles`). Nothing
  is inline and nothing is evaluated: what Wagtail starts by inline scripts, we start from one file (`started`).
"""

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse

from portal.municipalities.middleware import GetResponse

from .injected_styles import HASHES


def policy_middleware(get_response: GetResponse) -> GetResponse:
    """Adds to the policy on the CMS host, and lets a preview stand in a frame there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.on_cms_host:  # type: ignore[attr-defined]
            answer._csp_update = {  # type: ignore[attr-defined]
                "style-src": [f"'{one}'" for one in HASHES],
                "img-src": ["blob:"],
                "frame-src": [SELF],
            }
            answer._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        elif getattr(request, "is_preview", False):
            answer._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        return answer

    return middleware
