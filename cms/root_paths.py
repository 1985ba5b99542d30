"""Where each site's tree begins: in the place of Wagtail's own answer, which asks once for every site.

Wagtail looks here when an editor types the address of a page as an address elsewhere, and then says which
page that is, with the title of its draft. So to who is at work it names their own sites only.
"""

from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from portal.municipalities.addresses import origin

from .reach import homes_at_work


def root_paths() -> list[SiteRootPath]:
    """For each home page of each language. One query, however many sites there are."""
    return [
        SiteRootPath(
            home.municipality.site_id,
            home.url_path,
            origin(home.municipality.host),
            home.locale.language_code,
        )
        for home in homes_at_work()
        if home.municipality.site_id
    ]


def answer_for_wagtail() -> None:
    """Called once all models are there. It keeps nothing, so a change of a site leaves nothing to forget."""
    Site.get_site_root_paths = staticmethod(root_paths)
