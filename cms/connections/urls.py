"""Under /admin/koppelingen/, in Wagtail's frame."""

from django.urls import path

from . import change_views, choice_views, views

urlpatterns = [
    path("", views.start, name="cms_connections_start"),
    path("<slug:slug>/", views.every, name="cms_connections"),
    path("<slug:slug>/gezondheid/", views.health, name="cms_connections_health"),
    path("<slug:slug>/logboek/", views.log, name="cms_connections_log"),
    path("<slug:slug>/nieuw/<slug:kind>/", change_views.new, name="cms_connection_new"),
    path("<slug:slug>/<uuid:connection>/", views.one, name="cms_connection"),
    path("<slug:slug>/<uuid:connection>/wijzig/", change_views.change, name="cms_connection_change"),
    path("<slug:slug>/<uuid:connection>/test/", views.test, name="cms_connection_test"),
    path("<slug:slug>/<uuid:connection>/aan-uit/", change_views.switch, name="cms_connection_switch"),
    path("<slug:slug>/<uuid:connection>/vraag/", choice_views.ask, name="cms_connection_ask"),
    path("<slug:slug>/<uuid:connection>/kies/", choice_views.choose, name="cms_connection_choose"),
    path("<slug:slug>/<uuid:connection>/soorten/", choice_views.case_types, name="cms_connection_case_types"),
    path("<slug:slug>/voorstel/<uuid:proposal>/", change_views.proposal, name="cms_connection_proposal"),
    path(
        "<slug:slug>/voorstel/<uuid:proposal>/test/", views.test_proposal, name="cms_connection_proposal_test"
    ),
]
