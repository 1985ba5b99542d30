"""The giver's own page makes room for the page of the library that came of it; its address leads there."""

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.reach import municipality_of_page
from cms.trees import address


def make_room(own: Page, shared: Page) -> None:
    """Unpublish the own page and keep it; where the addresses differ, the old one leads to the new."""
    municipality = municipality_of_page(own)
    own.unpublish(log_action=True)
    before = address(own.url_path, own.locale.language_code)
    now = address(shared.url_path, shared.locale.language_code)
    if municipality and before != now:
        Redirect.objects.update_or_create(
            old_path=Redirect.normalise_path(before),
            site_id=municipality.site_id,
            defaults={"redirect_page": shared, "automatically_created": True},
        )
    own.title = _("%(title)s (nu in de bibliotheek)") % {"title": own.title}
    own.save_revision()
