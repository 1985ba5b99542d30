"""Under /bekendmakingen/, on each municipality's site."""

from django.urls import path

from . import subscription_views as mail
from . import views

app_name = "publications"

urlpatterns = [
    path("", views.all_of_them, name="all"),
    path("feed.xml", views.feed, name="feed"),
    path("mail/", mail.subscribe, name="subscribe"),
    path("mail/gevraagd/", mail.asked, name="asked"),
    path("mail/<uuid:subscription>/", mail.confirm, name="confirm"),
    path("mail/<uuid:subscription>/stoppen/", mail.stop, name="stop"),
]
