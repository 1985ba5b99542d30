"""Under /mijn/aanvragen/."""

from django.urls import path

from . import views, wallet_views

app_name = "applications"

urlpatterns = [
    path("<uuid:application>/", views.go_on, name="go_on"),
    path("<uuid:application>/bewaard/", views.kept, name="kept"),
    path("<uuid:application>/weggooien/", views.throw_away, name="throw_away"),
    path("<uuid:application>/ontvangst/", views.receipt, name="receipt"),
    path("<uuid:application>/app/", wallet_views.page, name="wallet"),
    path("<uuid:application>/app/stand/", wallet_views.stand, name="stand"),
    path("<uuid:application>/app/terug/", wallet_views.back_from_app, name="back_from_app"),
    path("<uuid:application>/<slug:step>/", views.step, name="step"),
    path("<slug:kind>/", views.start, name="start"),
]
