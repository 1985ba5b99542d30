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
        answer.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if request.on_cms_host else "DENY")  # type: ignore[attr-defined]
        return answer

    return middleware
