"""The frame of the counter's pages: the look of the employee's municipality, once it is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.municipalities.brand import theme_now
from portal.municipalities.facts import PeopleToReach, facts, people_to_reach
from themes.compiled import Theme, theme

from .team import Worker


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the menu."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What `frame.html` shows; no menu of the site, no other languages, nothing of Mijn."""

    theme: Theme
    municipality_name: str
    page_path: str
    worker: Worker | None = None
    fictional: bool = False
    contact: PeopleToReach | None = None
    menu: Sequence[Link] = ()
    home_url: str = "/"
    language: str = "nl"


def frame_of(request: HttpRequest, worker: Worker | None) -> Frame:
    """For an employee at work, whose municipality is in force; or the neutral one."""
    if worker is None:
        return Frame(theme("_base"), _("Balie"), request.path)
    here = worker.municipality
    return Frame(
        theme=theme(theme_now(here)),
        municipality_name=here.name,
        page_path=request.path,
        worker=worker,
        fictional=here.fictional,
        contact=people_to_reach(facts()),
        menu=_menu(worker),
    )


def _menu(worker: Worker) -> list[Link]:
    entries = [(_("Begin"), "counter:start", True), (_("Code van een inwoner"), "counter:code", True)]
    entries += [(_("Zonder apparaat"), "counter:look_up", worker.may_record)]
    entries += [(_("Brieven"), "counter:letters", worker.may_record)]
    entries += [(_("Toezicht"), "counter:oversight", worker.may_oversee)]
    return [Link(label, reverse(name)) for label, name, allowed in entries if allowed]
