"""Under /mijn/delen/balie/."""

from django.urls import path

from . import mijn_views

app_name = "at_counter"

urlpatterns = [
    path("", mijn_views.choose, name="choose"),
    path("<uuid:id>/", mijn_views.showing, name="showing"),
    path("<uuid:id>/stand/", mijn_views.stand, name="stand"),
    path("<uuid:id>/antwoord/", mijn_views.answer, name="answer"),
]
