"""The counter's host: nothing of Mijn, the sites or the CMS."""

from django.urls import include, path

from . import code_views, help_views, letter_views, oversight, signing_in

counter = [
    path("", code_views.start, name="start"),
    path("inloggen/", signing_in.sign_in, name="sign_in"),
    path("code/", code_views.code, name="code"),
    path("code/<uuid:handover>/", code_views.looking, name="looking"),
    path("code/<uuid:handover>/stand/", code_views.stand, name="stand"),
    path("code/<uuid:handover>/stoppen/", code_views.stop, name="stop_looking"),
    path("helpen/", help_views.look_up, name="look_up"),
    path("helpen/<uuid:help_id>/", help_views.check, name="check"),
    path("helpen/<uuid:help_id>/keuze/", help_views.menu, name="menu"),
    path("helpen/<uuid:help_id>/klaar/", help_views.done, name="done"),
    path("helpen/<uuid:help_id>/doel/<slug:slug>/", help_views.read_aloud, name="read_aloud"),
    path("helpen/<uuid:help_id>/ja-of-nee/", help_views.answer, name="answer"),
    path("helpen/<uuid:help_id>/nee/<slug:slug>/", help_views.said_no, name="said_no"),
    path("helpen/<uuid:help_id>/bewijs/<uuid:grant>/", help_views.receipt, name="receipt"),
    path("helpen/<uuid:help_id>/bewijs/<uuid:grant>/bewijs.pdf", letter_views.receipt, name="receipt_pdf"),
    path("helpen/<uuid:help_id>/stoppen/<uuid:grant>/", help_views.stop, name="stop"),
    path("helpen/<uuid:help_id>/brief/<uuid:grant>/", letter_views.queue, name="queue_letter"),
    path("brieven/", letter_views.overview, name="letters"),
    path("brieven/nemen/", letter_views.take, name="take_letters"),
    path("brieven/verstuurd/", letter_views.sent, name="letters_sent"),
    path("brieven/brieven.pdf", letter_views.paper, name="letters_pdf"),
    path("brieven/<uuid:letter>/brief.pdf", letter_views.paper, name="letter_pdf"),
    path("brieven/<uuid:letter>/terug/", letter_views.put_back, name="put_letter_back"),
    path("toezicht/", oversight.oversight, name="oversight"),
    path("toezicht/<uuid:lock>/", oversight.lift, name="lift"),
    path("toezicht/functie/<int:account>/", oversight.function, name="function"),
]

urlpatterns = [
    path("oidc/", include("portal.accounts.staff_urls")),
    path("", include((counter, "counter"))),
]

handler400 = "portal.counter.errors.bad_request"
handler403 = "portal.counter.errors.forbidden"
handler404 = "portal.counter.errors.not_found"
handler500 = "portal.counter.errors.server_error"
