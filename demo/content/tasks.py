"""What residents of the demo must do, and what they did. Days count from T, the day of reset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import residents as people
from .residents import Resident

Component = Mapping[str, Any]


@dataclass(frozen=True)
class TaskStory:
    """One task of one resident."""

    resident: Resident
    title: str
    until: int
    case: str = ""
    """The number of the case it belongs to."""
    why: str = ""
    """Only Open VTB tells it; at most eighty characters."""
    state: str = "open"
    """Or "sent", "done", "needless", "not_done", "filed"."""
    link: str = ""
    amount: str = ""
    reference: str = ""
    form: Sequence[Component] = ()
    """The fields it asks for, as form.io has them."""
    known: Mapping[str, Any] = field(default_factory=dict)
    purpose: str = ""
    starts: int = -20


def _field(kind: str, key: str, label: str, *, needed: bool = True, **more: Any) -> Component:
    return {"type": kind, "key": key, "label": label, "validate": {"required": needed}, "input": True, **more}


def _choice(key: str, label: str, *answers: str) -> Component:
    values = [{"value": one.lower().replace(" ", "-"), "label": one} for one in answers]
    return _field("radio", key, label, values=values)


MORE = _field("textarea", "toelichting", "Wilt u er nog iets bij vertellen?", needed=False)
DORMER: Sequence[Component] = (
    _choice("onderDeNok", "Blijft de dakkapel onder de nok van uw dak?", "Ja", "Nee"),
    _field("number", "afstand", "Hoeveel centimeter zit er tussen?", description="Vul een heel getal in."),
    MORE,
)
STOPPING: Sequence[Component] = (
    _field("date", "gestopt", "Op welke dag stopt u met uw bedrijf?"),
    _choice("werkt", "Werkt u daarna nog ergens?", "Ja", "Nee"),
    MORE,
)
LANTERN: Sequence[Component] = (_choice("gemaakt", "Doet de lantaarn het weer?", "Ja", "Nee"), MORE)
WHO_MOVES: Sequence[Component] = (_field("number", "personen", "Hoeveel mensen verhuizen met u mee?"),)

TASKS: Sequence[TaskStory] = (
    TaskStory(
        people.HELGA, "Beantwoord onze vraag over uw dakkapel", 4, "ZM-0507", form=DORMER,
    ),
    TaskStory(
        people.HELGA, "Betaal uw parkeervergunning", 6, "ZM-0530", amount="48.00", reference="ZM-0530-1",
    ),
    TaskStory(
        people.HELGA, "Kies een dag voor het ophalen van uw grofvuil", 21,
        link="https://afval.zandmeer.example/grofvuil",
    ),
    TaskStory(
        people.HELGA, "Vertel ons wie er met u meeverhuist", -41, "ZM-0411", state="done", form=WHO_MOVES,
    ),
    TaskStory(people.HELGA, "Nooit aan een inwoner getoond: gearchiveerd", -200, state="filed",
              link="https://archief.zandmeer.example/"),
    TaskStory(
        people.AYSE, "Vertel ons wie er met u meeverhuist", -301, "ZM-0032", state="done", form=WHO_MOVES,
    ),
    TaskStory(
        people.KEES, "Betaal de kopie van uw bouwtekening", -2, amount="12.50", reference="VR-KOPIE-88",
        why="U haalde de kopie op aan de balie.", purpose="betalen",
    ),
    TaskStory(
        people.KEES, "Stuur ons de jaarcijfers van uw bedrijf", 5, "VR-0118",
        why="Wij hebben ze nodig om over uw bijstandsuitkering te beslissen.",
        link="https://formulieren.veldrecht.example/jaarcijfers", purpose="informatie_geven",
    ),
    TaskStory(
        people.KEES, "Vertel ons wanneer u stopt met uw bedrijf", 12, "VR-0118",
        why="Dan weten wij vanaf welke dag u geld kunt krijgen.", form=STOPPING, purpose="informatie_geven",
    ),
    TaskStory(
        people.KEES, "Maak een afspraak over werk", 20,
        why="Wij bespreken welk werk u met uw knie nog kunt doen.",
        link="https://afspraken.veldrecht.example/werk", purpose="uitnodiging_voor_afspraak",
    ),
    TaskStory(
        people.KEES, "Laat zien hoeveel spaargeld u heeft", -15, "VR-0118", state="done",
        link="https://formulieren.veldrecht.example/spaargeld", purpose="informatie_geven",
    ),
    TaskStory(
        people.KEES, "Kom langs voor een gesprek", -9, "VR-0118", state="needless",
        link="https://afspraken.veldrecht.example/gesprek", purpose="uitnodiging_voor_afspraak",
    ),
    TaskStory(
        people.PETRI, "Nooit aan een inwoner getoond: begint pas later", 90, starts=30,
        link="https://afspraken.veldrecht.example/later",
    ),
    TaskStory(
        people.ABDELLAH, "Laat ons weten of de lantaarn is gemaakt", 9, "OS-0901",
        why="Onze monteur denkt dat het klaar is.", form=LANTERN, purpose="reactie_ontvangen",
    ),
    TaskStory(
        people.ABDELLAH, "Stuur de rekening van uw wasmachine", -35, "OS-0802", state="done",
        link="https://formulieren.oeverstad.example/rekening", purpose="informatie_geven",
    ),
    TaskStory(
        people.TINA, "Vertel of u bij de hoorzitting komt", -3, "OS-0655", state="not_done",
        form=(_choice("komt", "Komt u naar de hoorzitting?", "Ja", "Nee"),), purpose="reactie_ontvangen",
    ),
    TaskStory(
        people.FARID, "Betaal uw parkeervergunning", 14, "OS-0870", amount="52.00", reference="OS-0870-1",
        why="Daarna gaat uw vergunning in.", purpose="betalen",
    ),
)  # fmt: skip
"""Zandmeer keeps them in Objecten, the others in Open VTB."""
