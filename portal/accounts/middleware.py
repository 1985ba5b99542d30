from django.http import HttpRequest, HttpResponse

from portal.municipalities.middleware import GetResponse


def resident_middleware(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware
