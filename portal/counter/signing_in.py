"""Employees sign in at their organisation's provider, or by password where there are passwords (the demo)."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .forms import PasswordForm
from .required import page


@never_cache
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Our own page where there are passwords; else straight on to the provider."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    back = wanted if ours else reverse("counter:start")
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(back)
    if not settings.STAFF_PASSWORDS and settings.STAFF_OIDC:
        return redirect(f"{reverse('staff:sign_in')}?{urlencode({'next': back})}")
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if _came_in(request, form):
            return redirect(back)
        form.say_wrong()
    context = {"form": form, "next": back, "passwords": settings.STAFF_PASSWORDS}
    return page(request, "sign_in", context, status=422 if form.errors else 200)


def _came_in(request: HttpRequest, form: PasswordForm) -> bool:
    """Whether the password was right, and not tried too often."""
    with transaction.atomic():
        user = auth.authenticate(request, **form.cleaned_data)
        if user is None:
            return False
        auth.login(request, user)
    request.session.set_expiry(0)
    return True
