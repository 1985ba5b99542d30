"""A document out of a register, handed on to its resident piece by piece, under its right name and kind.

The page that asks has made sure that the resident may have it.
"""

from uuid import UUID

from django.db import connection as database
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from portal.municipalities.connections import Connection

from .answers import Answer, Broken, Late, Refused
from .content import Content
from .documenten import Document, opened
from .errors import RegisterError, RegisterRefused, RegisterTooSlow
from .gather import Question
from .naming import file_name, media_type
from .places import take_a_place_to_download


def handed_on(register: Connection, found: Document, who: UUID) -> StreamingHttpResponse | Answer | None:
    """The answer to the visitor, its first piece there; else what came instead. None: we are too busy."""
    place = take_a_place_to_download(who)
    if place is None:
        return None
    try:
        content = Content(Question(register, lambda caller: opened(caller, found)), found.size, place)
    except RegisterTooSlow:
        return Late()
    except RegisterRefused:
        return Refused()
    except RegisterError as fault:
        return Broken(type(fault).__name__)
    if not database.in_atomic_block:
        database.close()  # nobody's connection while the visitor takes it
    answer = StreamingHttpResponse(content, content_type=media_type(found))
    answer["Content-Disposition"] = content_disposition_header(True, file_name(found)) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Accel-Buffering"] = "no"
    if content.size is not None:
        answer["Content-Length"] = str(content.size)
    return answer
