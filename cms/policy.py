"""The content security policy of the CMS: the sites' own, with the two things that editing needs.

- pictures that were just chosen are shown from memory (`blob:`);
- the preview stands in a frame of this very host.

No style or script is allowed by hash either: the one style sheet that Wagtail's text editor puts into the
page holds a random key, so no hash would fit. `static/cms/start.js` turns it into an adopted sheet, and
starts what Wagtail starts by inline scripts (`started`).
"""

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse

from portal.municipalities.middleware import GetResponse


def policy_middleware(get_response: GetResponse) -> GetResponse:
    """Adds to the policy on the CMS host, and lets a preview stand in a frame there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.on_cms_host:  # type: ignore[attr-defined]
            answer._csp_update = {"img-src": ["blob:"], "frame-src": [SELF]}  # type: ignore[attr-defined]
            answer._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        elif getattr(request, "is_preview", False):
            answer._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        return answer

    return middleware
