"""The site's theme for other systems, at addresses that stay: `/theme/tokens.json`, `/theme/theme.css`.

Public, the same for everyone and without a cookie; so any page may read it, from any origin. A form that is
embedded takes it from here, and changes along when the site does.
"""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from portal.municipalities.acting import current_municipality
from portal.municipalities.brand import theme_now
from themes.compiled import given_to_others

KINDS = {
    "tokens.json": ("tree", "application/json"),
    "theme.css": ("embedded", "text/css; charset=utf-8"),
    "logo.svg": ("logo", "image/svg+xml"),
    "logo-dark.svg": ("logo_dark", "image/svg+xml"),
}
SECONDS = 300
"""How long others may keep it; a planned theme is everywhere after that."""


@require_safe
def given(request: HttpRequest, name: str) -> HttpResponse:
    """The theme that is in force, in one of its forms."""
    kind, content_type = KINDS[name]
    municipality = current_municipality()
    content = given_to_others(theme_now(municipality), kind, municipality.slug)
    whole = HttpResponse(content, content_type=content_type)
    whole["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    whole["Cache-Control"] = f"public, max-age={SECONDS}"
    found = get_conditional_response(request, etag=whole["ETag"], response=whole)
    answer = found if isinstance(found, HttpResponse) else whole
    # On “you have it already” too, which Django makes anew; a browser may refuse it without.
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
