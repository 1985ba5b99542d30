from django.http import HttpRequest


def frame_context(request: HttpRequest) -> dict[str, object]:
    return {}
