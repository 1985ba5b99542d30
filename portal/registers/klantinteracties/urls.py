"""Under /mijn/."""

from django.urls import path

from . import detail_pages, email_pages, pages, question_pages

app_name = "klantinteracties"

urlpatterns = [
    path("contact/", pages.contact, name="contact"),
    path("contact/vraag/", question_pages.ask_anything, name="ask"),
    path("contact/vraag/<uuid:connection>/<uuid:zaak>/", question_pages.ask_about, name="ask_about"),
    path("contact/vragen/<slug:number>/", question_pages.asked, name="asked"),
    path("contact/gegevens/", detail_pages.details, name="details"),
    path("contact/gegevens/e-mail/", email_pages.email, name="email"),
    path("contact/gegevens/e-mail/code/", email_pages.code, name="code"),
    path("contact/gegevens/telefoon/", detail_pages.phone, name="phone"),
    path("contact/gegevens/bericht/", detail_pages.channel, name="channel"),
    path("contact/gegevens/<slug:what>/weghalen/", detail_pages.remove, name="remove"),
]
