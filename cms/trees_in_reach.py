"""What a member of staff may reach, by its id. Nothing is remembered: a group taken away counts at once."""

from enum import Enum
from typing import Any

from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, TaskState
from wagtail.permissions import policy_registry

from .reach import homes_of, roots_of
from .second_person_models import SecondPerson
from .trees import ROOT_DEPTH, library_roots


class Kind(Enum):
    """What an id names."""

    PAGE = "a page to work on"
    REFERENCE = "a page to look at or link to"
    PICTURE = "a picture"
    DOCUMENT = "a document"
    WAITING = "a page that waits for a second person"
    TASK = "a step of one's own in which somebody looks"
    PAGE_TYPE = "a page type, by its name"
    OWN = "a municipality, by its slug"
    PURPOSES = "a place whose purposes one makes or guards, by its slug"
    CONNECTIONS = "a municipality whose connections one administers, by its slug"
    ANNOUNCED = "a site above which one may put something, by its slug"
    STYLED = "a municipality whose theme one may choose, by its slug"
    WORDS = "a tree whose words one explains, by its slug"
    TREE = "a tree whose pages one writes, by the slug of its root"
    ANYTHING = "no id at all"
    NOTHING = "what cannot be read"


def own_pages(user: Any) -> Q:
    """The pages of the trees that this person edits."""
    return _below([root.path for root in roots_of(user)])


def pages_to_refer_to(user: Any) -> Q:
    """Own pages and those of the library. By treebeard's path, which a search can be narrowed by."""
    return own_pages(user) | _library()


def pages_to_choose(user: Any) -> Q:
    """Own pages, and those of the library that are published; its drafts are for who writes there."""
    return own_pages(user) | (_library() & Q(live=True))


def may_reach(user: Any, kind: Kind, value: Any) -> bool:
    """Whether this id names something that this person may reach."""
    if kind is Kind.ANYTHING:
        return True
    if kind is Kind.NOTHING:
        return False
    if kind is Kind.PAGE_TYPE:
        from .models import ALL_TYPES

        types = {name.split(".")[1].lower() for name in ALL_TYPES}
        return value in {"page", "homepage", *types}  # Wagtail asks of any page as "page"
    if kind is Kind.OWN:
        return any(home.municipality.slug == value for home in homes_of(user))
    if kind is Kind.PURPOSES:
        from .purposes.places import places_of

        return any(place.slug == value for place in places_of(user))
    if kind is Kind.CONNECTIONS:
        from .connections.places import administered_by

        return any(one.slug == value for one in administered_by(user))
    if kind is Kind.ANNOUNCED:
        from .announcements.places import places_of as announced_by

        return any(place.slug == value for place in announced_by(user))
    if kind is Kind.STYLED:
        from .themes.places import styled_by

        return any(one.slug == value for one in styled_by(user))
    if kind is Kind.WORDS:
        from .search.places import places_of as explained_by

        return any(place.slug == value for place in explained_by(user))
    if kind is Kind.TREE:
        from .importing.places import places_of as written_by

        return any(place.slug == value for place in written_by(user))
    if not str(value).isdecimal():  # not isdigit: ² is one, and no number
        return value == "root" and kind is Kind.REFERENCE
    if kind is Kind.TASK:
        return bool(SecondPerson.objects.filter(id=value, groups__user=user.pk).exists())
    if kind is Kind.WAITING:
        state = TaskState.objects.filter(id=value).select_related("revision").first()
        return state is not None and may_reach(user, Kind.PAGE, state.revision.object_id)
    if kind is Kind.PAGE:
        return bool(Page.objects.filter(own_pages(user), id=value).exists())
    if kind is Kind.REFERENCE:
        above = Q(depth__lt=ROOT_DEPTH)
        return bool(Page.objects.filter(pages_to_refer_to(user) | above, id=value).exists())
    return bool(_files(user, kind).filter(id=value).exists())


def _files(user: Any, kind: Kind) -> Any:
    from .models import Picture

    model = Picture if kind is Kind.PICTURE else get_document_model()
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ["change", "choose"])


def documents_of(user: Any) -> Any:
    """The documents that this person may link to."""
    return _files(user, Kind.DOCUMENT)


def collections_of(user: Any) -> list[str]:
    """The names of the collections that this person may choose pictures from."""
    if user.is_superuser:
        return list(Collection.objects.values_list("name", flat=True))
    granted = Collection.objects.filter(group_permissions__group__user=user.pk)
    return list(granted.distinct().values_list("name", flat=True))


def _library() -> Q:
    return _below(list(Page.objects.filter(url_path__in=library_roots()).values_list("path", flat=True)))


def _below(paths: list[str]) -> Q:
    if not paths:
        return Q(pk__in=[])
    found = Q()
    for path in paths:
        found |= Q(path__startswith=path)
    return found
