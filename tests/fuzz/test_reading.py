"""What a call says of its own text changes nothing about how it is read: it is UTF-8."""

from io import BytesIO

import pytest

from portal.reading import ReadAsUTF8


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "utf-16", "bogus", "latin-1", "utf-8"])
def test_the_charset_that_a_call_names_is_not_believed(charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    request = ReadAsUTF8(environ(kind, b"naam=Zo%C3%AB"))
    assert (request.POST["naam"], request.GET["q"]) == ("Zoë", "é")


@pytest.mark.parametrize("kind", ["text/plain; a*=bogus''%41", "text/plain; a*=undefined''%41", ""])
def test_a_kind_that_cannot_be_read_is_none(kind):
    request = ReadAsUTF8(environ(kind, b"{}"))
    assert (request.content_type, request.body) == ("", b"{}")


def environ(kind: str, body: bytes) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/", "QUERY_STRING": "q=%C3%A9", "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body), "wsgi.url_scheme": "http",
    }  # fmt: skip
