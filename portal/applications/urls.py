"""Under /mijn/aanvragen/."""

from django.urls import path

from . import views

app_name = "applications"

urlpatterns = [
    path("<uuid:application>/", views.go_on, name="go_on"),
    path("<uuid:application>/bewaard/", views.kept, name="kept"),
    path("<uuid:application>/weggooien/", views.throw_away, name="throw_away"),
    path("<uuid:application>/ontvangst/", views.receipt, name="receipt"),
    path("<uuid:application>/<slug:step>/", views.step, name="step"),
    path("<slug:kind>/", views.start, name="start"),
]
