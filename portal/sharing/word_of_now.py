"""Before something new is shared: that the resident may still decide alone, by the register's word of now.

At the door that was heard already; except for who came in while the register gave no answer.
"""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render

from portal.accounts import door
from portal.accounts.required import MijnRequest
from portal.accounts.standing import REFUSALS, Standing
from portal.accounts.turning_away import signed_out_by_the_door


def without_word_of_now(request: MijnRequest) -> HttpResponse | None:
    """The page for who cannot share now; None for who can. Outside a transaction: a register may be asked."""
    session = request.resident_session
    standing = door.word_of_now(session)
    if standing is Standing.OK:
        request.resident_session = replace(session, on_earlier_word=False)
        return None
    if standing in REFUSALS:
        return signed_out_by_the_door(request, standing)
    return render(request, "sharing/no_word_of_now.html", status=503)
