"""Making room for sites: the roots of the library, and a municipality's tree, site, files and editors."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    WorkflowPage,
)

from portal.municipalities.models import LibraryGeneration, Municipality

from .models import Administration, DutyOffice, HomePage, LibraryRoot, PrivacyOffice
from .trees import LIBRARY, languages, root_slug

PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
# Wagtail asks for its own models' permissions, whatever models stand in their place.
FILE_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)


@transaction.atomic
def lay_library() -> dict[str, LibraryRoot]:
    """The roots of the library by language, its collection and its group; to repeat it changes nothing."""
    LibraryGeneration.objects.get_or_create(id=True)
    _clear_away_what_wagtail_ships()
    roots: dict[str, LibraryRoot] = {}
    for code in languages():
        locale, _ = Locale.objects.get_or_create(language_code=code)
        slug = root_slug(LIBRARY, code)
        root = LibraryRoot.objects.filter(slug=slug, depth=2).first()
        if root is None:
            title = "Bibliotheek" if code == settings.LANGUAGE_CODE else f"Bibliotheek ({code})"
            root = LibraryRoot(title=title, slug=slug, locale=locale)
            if roots:
                root.translation_key = roots[settings.LANGUAGE_CODE].translation_key
            _tree_root().add_child(instance=root)
        roots[code] = root
    group = editors_of(LIBRARY, "Bibliotheek")
    for root in roots.values():
        _give_pages(group, root)
    officers_of(None)
    on_duty_for(None)
    return roots


@transaction.atomic
def give_site(municipality: Municipality) -> HomePage:
    """A home page, a site on the municipality's host, a collection and a group of editors."""
    mine = HomePage.objects.filter(municipality=municipality, locale__language_code=settings.LANGUAGE_CODE)
    home: HomePage | None = mine.first()
    if home is None:
        locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        home = HomePage(
            title=municipality.name,
            intro="Regel het hier, of bel ons. Wij helpen u graag.",
            slug=municipality.slug,
            municipality=municipality,
            locale=locale,
        )
        _tree_root().add_child(instance=home)
    port = int(settings.PUBLIC_PORT or (443 if settings.PUBLIC_SCHEME == "https" else 80))
    site, _ = Site.objects.update_or_create(
        hostname=municipality.host,
        defaults={
            "port": port,
            "site_name": municipality.name,
            "root_page": home,
            "is_default_site": False,
        },
    )
    if municipality.site_id != site.id:
        municipality.site = site
        municipality.save(update_fields=["site"])
    _give_pages(editors_of(municipality.slug, municipality.name), home)
    officers_of(municipality)
    administrators_of(municipality)
    on_duty_for(municipality)
    return home


def editors_of(slug: str, name: str) -> Group:
    """The group of editors of a tree, with its collection: they come and go together."""
    group, _ = Group.objects.get_or_create(name=f"Redactie {name}")
    group.permissions.add(_may_use_the_cms())
    collection = Collection.objects.filter(name=slug).first() or _root_collection().add_child(name=slug)
    for app, codename in FILE_RIGHTS:
        permission = Permission.objects.get(content_type__app_label=app, codename=codename)
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    return group


def officers_of(municipality: Municipality | None) -> Group:
    """The group of the privacy officers of a municipality, or of the library; they edit no page."""
    name = municipality.name if municipality else "Bibliotheek"
    group, _ = Group.objects.get_or_create(name=f"Privacy {name}")
    group.permissions.add(_may_use_the_cms())
    PrivacyOffice.objects.get_or_create(municipality=municipality, defaults={"group": group})
    return group


def administrators_of(municipality: Municipality) -> Group:
    """The group of the administrators of a municipality's connections; they edit no page."""
    group, _ = Group.objects.get_or_create(name=f"Beheer {municipality.name}")
    group.permissions.add(_may_use_the_cms())
    Administration.objects.get_or_create(municipality=municipality, defaults={"group": group})
    return group


def on_duty_for(municipality: Municipality | None) -> Group:
    """The group of those on duty for a municipality's site, or for all; they edit no page."""
    name = municipality.name if municipality else "alle sites"
    group, _ = Group.objects.get_or_create(name=f"Piket {name}")
    group.permissions.add(_may_use_the_cms())
    DutyOffice.objects.get_or_create(municipality=municipality, defaults={"group": group})
    return group


def _give_pages(group: Group, root: Page) -> None:
    for codename in PAGE_RIGHTS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page_id=root.pk, permission=permission)


def _tree_root() -> Page:
    """The page above all trees, read afresh since it counts its children; made anew in an empty database."""
    root = Page.get_first_root_node()
    if root is None:
        locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        kind = ContentType.objects.get_for_model(Page)
        root = Page.add_root(title="Root", slug="root", content_type=kind, locale=locale)
    return root


def _root_collection() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def _may_use_the_cms() -> Permission:
    kind, _ = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    permission, _ = Permission.objects.get_or_create(
        content_type=kind, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    return permission


def _clear_away_what_wagtail_ships() -> None:
    """Its default site would answer for any host; its page, groups and workflow belong to nobody."""
    Site.objects.filter(is_default_site=True).delete()
    for page in Page.objects.filter(depth=2, slug="home").exact_type(Page):
        page.delete()
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    WorkflowPage.objects.filter(page__depth=1).delete()
