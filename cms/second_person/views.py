"""An editor switches on that two people publish; switching it off again is for who runs the installation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.local_views import own

from .switch import is_on, switch_on


@require_http_methods(["GET", "HEAD", "POST"])
def two_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether it is on; one button to switch it on."""
    with own(request, slug) as home:
        if request.method == "POST":
            switch_on(home)
            messages.success(request, _("Aan. Vanaf nu publiceert een tweede redacteur."))
            return redirect("cms_two_people", slug)
        return render(
            request, "cms/staff/two_people.html", {"on": is_on(home), "municipality": home.municipality}
        )
