"""Under /admin/paginas/ and /admin/bibliotheek/, in Wagtail's frame; and what the fence asks of each
address.
"""

from collections.abc import Mapping

from django.urls import path

from cms.second_person.views import two_people
from cms.trees_in_reach import Kind

from . import giving_views, library_views, replacing_views, views

of_site = [
    path("", views.start, name="cms_site_start"),
    path("<slug:slug>/", views.site, name="cms_site"),
    path("<slug:slug>/twee-mensen/", two_people, name="cms_two_people"),
    path("<slug:slug>/<int:page_id>/", views.shared, name="cms_shared"),
    path("<slug:slug>/<int:page_id>/kies/", views.choose, name="cms_shared_choose"),
    path("<slug:slug>/<int:page_id>/invullen/", views.fill, name="cms_shared_fill"),
    path("<slug:slug>/<int:page_id>/voorbeeld/", views.preview, name="cms_shared_preview"),
    path("<slug:slug>/<int:page_id>/gezien/", views.seen, name="cms_shared_seen"),
    path("<slug:slug>/<int:page_id>/vervangen/", replacing_views.replace_page, name="cms_shared_replace"),
    path("<slug:slug>/<int:page_id>/verschil/", replacing_views.compare, name="cms_shared_compare"),
    path("<slug:slug>/<int:page_id>/aanbieden/", giving_views.offer, name="cms_offer"),
]

of_library = [
    path("", library_views.library, name="cms_library"),
    path("<int:page_id>/", library_views.page, name="cms_library_page"),
    path("aanbod/<int:offer_id>/", giving_views.decide, name="cms_offered"),
]

OPEN: Mapping[str, Mapping[str, Kind]] = {
    "cms_site_start": {},
    "cms_site": {"slug": Kind.OWN},
    "cms_two_people": {"slug": Kind.OWN},
    "cms_shared": {"slug": Kind.OWN, "page_id": Kind.REFERENCE},
    "cms_shared_choose": {"slug": Kind.OWN, "page_id": Kind.REFERENCE},
    "cms_shared_fill": {"slug": Kind.OWN, "page_id": Kind.REFERENCE},
    "cms_shared_preview": {"slug": Kind.OWN, "page_id": Kind.REFERENCE},
    "cms_shared_seen": {"slug": Kind.OWN, "page_id": Kind.REFERENCE},
    "cms_shared_replace": {"slug": Kind.OWN, "page_id": Kind.REFERENCE},
    "cms_shared_compare": {"slug": Kind.OWN, "page_id": Kind.PAGE},
    "cms_offer": {"slug": Kind.OWN, "page_id": Kind.PAGE},
    "cms_library": {},
    "cms_library_page": {"page_id": Kind.PAGE},
    "cms_offered": {},
}
"""Each view looks once more whether the page is of the library, or of this very municipality."""
