"""Which trees a member of staff edits, and whose a page is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Value
from wagtail.models import GroupPagePermission, Page

from portal.municipalities.acting import acting_for, current_id, current_municipality
from portal.municipalities.models import Fact, Municipality

from .trees import LIBRARY, is_library, root_path

User = AbstractBaseUser | AnonymousUser
T = TypeVar("T")


def once_a_request(ask: Callable[[User], T]) -> Callable[[User], T]:
    """Remember an answer with the user, who is read anew for each request: every entry of the menu asks."""

    @wraps(ask)
    def remembered(user: User) -> T:
        known: dict[Any, T] = user.__dict__.setdefault("_reaches", {})
        if ask not in known:
            known[ask] = ask(user)
        return known[ask]

    return remembered


_at_work: ContextVar[User | None] = ContextVar("staff_at_work", default=None)


@contextmanager
def at_work(user: User) -> Iterator[None]:
    """Whose request this is on the CMS host; Wagtail asks addresses of pages without saying for whom."""
    before = _at_work.set(user)
    try:
        yield
    finally:
        _at_work.reset(before)


def municipality_of_page(page: Any) -> Municipality | None:
    """Whose page this is; for a library page a municipality of who is at work, as somewhere to look at it.

    An editor of the library looks at the first one there is; who edits nothing, at none.
    """
    from .models import HomePage

    if is_library(page.url_path or f"/{LIBRARY}/"):
        user = _at_work.get()
        own = homes_of(user) if user is not None and user.is_authenticated else []
        if own:
            return own[0].municipality  # type: ignore[no-any-return]
        if user is not None and not edits_library(user):
            return None
        return Municipality.objects.exclude(site=None).filter(closed=None).order_by("name").first()
    home = HomePage.objects.filter(path=root_path(page.path)).select_related("municipality").first()
    return home.municipality if home else None


def own_names_at_work(names: set[str]) -> set[str]:
    """Which of these names are facts of their own of the municipalities that who is at work edits.

    All of them where nobody is: a job writes nothing of its own.
    """
    user = _at_work.get()
    if user is None:
        return names
    if current_id():
        return set(Fact.objects.filter(key__in=names).values_list("key", flat=True))
    found: set[str] = set()
    for home in homes_of(user) if user.is_authenticated else ():
        with acting_for(home.municipality):
            found |= set(Fact.objects.filter(key__in=names).values_list("key", flat=True))
    return found


def sites_to_look_at() -> list[Municipality]:
    """The sites where who is at work may look at a page of the library, by name. At most three queries.

    The one in force, where one is; one's own; all of them for who writes for all.
    """
    if current_id():
        return [current_municipality()]
    user = _at_work.get()
    if user is None or not user.is_authenticated:
        return []
    if edits_library(user):
        return list(Municipality.objects.exclude(site=None).filter(closed=None).order_by("name"))
    return [home.municipality for home in homes_of(user)]


@once_a_request
def roots_of(user: User) -> list[Page]:
    """The roots of the trees that a member of staff edits. One query."""
    ids = GroupPagePermission.objects.filter(group__user=user.pk).values("page_id")
    return list(Page.objects.filter(id__in=ids))


def edits_library(user: User) -> bool:
    """Whether this member of staff writes for all municipalities."""
    return getattr(user, "is_superuser", False) or any(is_library(root.url_path) for root in roots_of(user))


def homes_of(user: User) -> list[Any]:
    """The home pages, one for each municipality, that a member of staff edits."""
    return _first_of_each(_homes_of(user))


def homes_at_work() -> list[Any]:
    """The home pages, in every language, of who is at work; all of them where nobody is. One query."""
    from .models import HomePage

    user = _at_work.get()
    if user is None:
        return list(HomePage.objects.select_related("municipality", "locale").order_by("path"))
    return _homes_of(user) if user.is_authenticated else []


def homes_published_by(user: User) -> list[Any]:
    """Those of which a member of staff decides alone what is on the site."""
    return _first_of_each([home for home in _homes_of(user) if home.publishes])


@once_a_request
def _homes_of(user: User) -> list[Any]:
    """In every language, each saying whether this person `publishes` there. One query."""
    from .models import HomePage

    homes = HomePage.objects.select_related("municipality", "locale").order_by("municipality__name", "path")
    if getattr(user, "is_superuser", False):
        return list(homes.annotate(publishes=Value(True)))
    rights = GroupPagePermission.objects.filter(group__user=user.pk)
    may_publish = rights.filter(page_id=OuterRef("pk"), permission__codename="publish_page")
    return list(homes.filter(id__in=rights.values("page_id")).annotate(publishes=Exists(may_publish)))


def _first_of_each(homes: list[Any]) -> list[Any]:
    first: dict[Any, Any] = {}
    for home in homes:
        first.setdefault(home.municipality_id, home)
    return list(first.values())
