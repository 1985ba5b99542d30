"""Under /admin/schrijven/; and what the fence asks of each address."""

from collections.abc import Mapping

from django.urls import path

from cms.trees_in_reach import Kind

from . import views

urlpatterns = [
    path("<int:page_id>/nakijken/", views.CheckOnEdit.as_view(), name="cms_check"),
    path(
        "nieuw/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/nakijken/",
        views.CheckOnCreate.as_view(),
        name="cms_check_new",
    ),
    path("<int:page_id>/gegevens/", views.FactsForHand.as_view(), name="cms_facts_for_hand"),
    path("gegevens/", views.fact_list, name="cms_fact_list"),
]

OPEN: Mapping[str, Mapping[str, Kind]] = {
    "cms_check": {"page_id": Kind.PAGE},
    "cms_check_new": {"parent_page_id": Kind.PAGE},
    "cms_facts_for_hand": {"page_id": Kind.PAGE},
    "cms_fact_list": {},
}
