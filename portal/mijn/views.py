"""The pages of Mijn."""

from django.http import HttpResponse
from django.shortcuts import render

from portal.accounts.required import MijnRequest, signed_in


@signed_in()
def overview(request: MijnRequest) -> HttpResponse:
    return render(request, "mijn/page.html")
