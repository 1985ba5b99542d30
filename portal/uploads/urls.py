"""Under /mijn/documenten/."""

from django.urls import path

from . import part_views, views

app_name = "uploads"

urlpatterns = [
    path("te-groot/", views.too_large, name="too_large"),
    path("toevoegen/<uuid:connection>/<uuid:zaak>/", views.add, name="add"),
    path("toevoegen/<uuid:connection>/<uuid:zaak>/begin/", part_views.begin, name="begin"),
    path("<uuid:upload>/", views.one, name="one"),
    path("<uuid:upload>/bewijs.pdf", views.paper, name="paper"),
    path("<uuid:upload>/weggooien/", views.throw_away, name="throw_away"),
    path("<uuid:upload>/delen/", part_views.parts, name="parts"),
    path("<uuid:upload>/klaar/", part_views.finish, name="finish"),
]
