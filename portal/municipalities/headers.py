"""Headers that Django and django-csp do not set."""

from django.http import HttpRequest, HttpResponse

from .middleware import GetResponse

PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


def headers_middleware(get_response: GetResponse) -> GetResponse:
    """Every answer: no powers of the device, no reading by other origins, no framing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        in_cms = request.on_cms_host or getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        answer.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if in_cms else "DENY")
        return answer

    return middleware
