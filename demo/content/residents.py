"""The people of the demo: who they are, what they came for, and what to try with them.

Names, birth dates, family and flags as in the official test set, so that they are as odd as life; address
and municipality are the story's. Dates as the BRP keeps them: YYYYMMDD, zeros for what is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

CODES = {
    "zandmeer": ("9901", "Zandmeer"),
    "veldrecht": ("9902", "Veldrecht"),
    "oeverstad": ("9903", "Oeverstad"),
}
"""Code and name of each municipality by slug."""


@dataclass(frozen=True)
class Relative:
    """Somebody of the family; in the BRP's records, not a resident of the demo."""

    first_names: str
    surname: str
    born: str
    prefix: str = ""
    ended: str = ""
    """When a marriage or partnership ended; empty while it lasts."""


@dataclass(frozen=True)
class Resident:
    """One person of the demo."""

    bsn: str
    first_names: str
    surname: str
    born: str
    municipality: str
    story: str
    try_this: str
    street: str = ""
    number: str = ""
    postcode: str = ""
    addition: str = ""
    moved_in: int = -2400
    """The day this person came to live there, counted from the day of reset."""
    prefix: str = ""
    gender: str = "V"
    born_in: str = ""
    born_country: str = "Nederland"
    nationality: str = "Nederlandse"
    partner: Relative | None = None
    children: Sequence[Relative] = ()
    parents: Sequence[Relative] = ()
    name_use: str = "E"
    """How the surname is used: E own, P partner, V partner before own, N own before partner."""
    flags: Mapping[str, Any] = field(default_factory=dict)
    listed: bool = True
    """Whether the demo's identity provider offers to sign in as this person."""
    email: str = ""
    mobile: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_names, self.prefix, self.surname) if part)

    def older_than(self, years: int, today: date) -> bool:
        """Whether this person is at least that old; an unknown day counts as the last possible one."""
        year, month, day = int(self.born[:4]), int(self.born[4:6]) or 12, int(self.born[6:]) or 31
        return (year + years, month, day) <= (today.year, today.month, today.day)


HELGA = Resident(
    "999970458", "Helga", "Huisman", "19871220", "zandmeer",
    "Verhuisd, dakkapel aangevraagd, en één geboortedatum klopt niet.",
    "Bekijk de dakkapel en de tijdlijn. Deel uw e-mailadres, en stop daar weer mee.",
    "Duinroosstraat", "12", "1996AB", moved_in=-41, born_in="'s-Gravenhage",
    children=(
        Relative("Harold", "Hamersma", "20231118"),
        Relative("Harm", "Hamersma", "20231118"),
        Relative("Harry", "Hamersma", "20230110"),
    ),
    parents=(Relative("Halina", "Helger", "19600904"), Relative("Hannes", "Huisman", "19560115")),
    email="helga.huisman@voorbeeld.example", mobile="+31612345601",
)  # fmt: skip
KEES = Resident(
    "999990329", "Kees", "Hoop", "19670419", "veldrecht",
    "Zijn knie is op. Hij vraagt bijstand aan, met een eigen huis.",
    "Bekijk de aanvraag: er mist nog iets. Zeg nee tegen delen, en er gaat niets mis.",
    "Vestingstraat", "8", "1997AA", prefix="de", gender="M", born_in="'s-Gravenhage",
    partner=Relative("Annemieke", "Boersma", "19691205", ended="20050623"),
    children=(Relative("Jacques", "Hoop", "19970503", "de"),),
    parents=(
        Relative("Desiré", "Épée", "19450319", "de l'"),
        Relative("Cornelis Sebastiaan", "Hoop", "19420228", "de"),
    ),
    email="kees.dehoop@voorbeeld.example", mobile="+31612345602",
)  # fmt: skip
MEETINA = Resident(
    "999990020", "Meetina Geerdina", "Kierkegaard", "19310706", "veldrecht",
    "Geen computer, geen DigiD. Wel hulp nodig.", "Alleen via een medewerker.",
    "Molenwal", "3", "1997BC", born_in="Ravenstein", name_use="V", listed=False,
    partner=Relative("Evert Wietse", "Altena", "19291129"),
    children=(Relative("Floris", "Altena", "19510223"), Relative("Helena", "Altena", "19600116")),
)  # fmt: skip
ABDELLAH = Resident(
    "999970811", "Abdellah", "Aziz", "19750700", "oeverstad",
    "Elk jaar hetzelfde formulier. Dat kan anders.",
    "Bekijk de geboortedatum: juli 1975. Doe alles op een smal scherm.",
    "Stroomweg", "7", "1998CD", addition="2", gender="M",
    born_in="Rabat", born_country="Marokko", nationality="Marokkaanse",
    partner=Relative("Hafida", "El Haouati", "19890223"),
    children=(Relative("Mohammed", "Aziz", "20140316"),),
    email="a.aziz@voorbeeld.example", mobile="+31612345603",
)  # fmt: skip
AYSE = Resident(
    "999991747", "Ayse", "Bilgiç", "19900331", "zandmeer",
    "Niemand mag weten waar zij woont. Zij wil zien wie keek.",
    "Het adres staat er pas na “Toon mijn adres”. Deel iets, stop, en bekijk het bewijs.",
    "Zeewindhof", "31", "1996CE", moved_in=-301, born_in="Belgrado", born_country="Joegoslavië",
    partner=Relative("Bernard", "Schoon", "19710728"),
    parents=(Relative("Anna", "Bilgiç", "19590113"), Relative("Mirko", "Bilgiç", "19480912")),
    flags={"geheimhoudingPersoonsgegevens": "1"},
    email="ayse@voorbeeld.example", mobile="+31612345604",
)  # fmt: skip
ROBBERT = Resident(
    "999992612", "Robbert Sebastiaan", "Bronwaßer", "20010101", "oeverstad",
    "In één minuut aangemeld, zonder geboortedatum.",
    "Bewijs met de wallet dat u 18 bent, en verder niets. Sluit de app een keer halverwege.",
    "Kadeplein", "41", "1998AK", gender="M", born_in="Leidschendam",
    parents=(
        Relative("Najda Hlalia", "Djibet", "19771111"),
        Relative("Kilian Sebastiaan Arok", "Bronwaßer", "19771119"),
    ),
    email="robbert@voorbeeld.example", mobile="+31612345605",
)  # fmt: skip
TINA = Resident(
    "999970987", "Tina", "Tubbergen", "19800201", "oeverstad",
    "Weduwe sinds 2023, met twee kinderen.", "Bekijk het bezwaar en de familie.",
    "Havenstraat", "5", "1998BB", prefix="van", born_in="'s-Gravenhage",
    partner=Relative("Trudy", "Tintelen", "19810301", "van", ended="20230401"),
    children=(
        Relative("Trinette", "Tubbergen", "20230201", "van"),
        Relative("Trudetty", "Tubbergen", "20230201", "van"),
    ),
    email="tina@voorbeeld.example",
)  # fmt: skip
HENDRIK = Resident(
    "999990160", "Hendrik Jan Coenraad Maurits", "Brinck", "19711213", "zandmeer",
    "Ridder, en onder curatele.", "Inloggen eindigt op een eigen, vriendelijke pagina.",
    "Strandplein", "20", "1996AA", prefix="den", gender="M", born_in="Utrecht",
    parents=(
        Relative("Inge", "Wemeldinghe tot Goes", "19521213", "van den"),
        Relative("Piet Hein", "Brinck", "19511213", "den"),
    ),
    flags={"indicatieCurateleRegister": True, "titel": ("R", "ridder")},
)  # fmt: skip
RABAH = Resident(
    "999995881", "Rabah", "Ghezala", "20100824", "oeverstad",
    "Hij is 16 jaar.", "Inloggen eindigt op een eigen, vriendelijke pagina.",
    "Brugstraat", "77", "1998GH", gender="M", born_in="Amsterdam", nationality="Algerijnse",
    parents=(Relative("Maissa", "Adimi", "19750200"), Relative("Farid", "Ghezala", "19510000")),
    email="rabah@voorbeeld.example",
)  # fmt: skip
PETRI = Resident(
    "999990871", "Petri", "Vornowski", "19940704", "veldrecht",
    "Oekraïense nationaliteit, nieuw in het dorp.", "Kies Engels bovenaan de pagina.",
    "Dorpsstraat", "14", "1997DD", gender="M", born_in="'s-Gravenhage", nationality="Oekraïense",
    parents=(Relative("Marta", "Tupolev", "19630905"), Relative("Pjotr", "Vornowski", "19601007")),
    email="petri@voorbeeld.example", mobile="+31612345606",
)  # fmt: skip
TRUDY = Resident(
    "999970999", "Trudy", "Tintelen", "19810301", "zandmeer",
    "Zij is overleden in 2023.", "Inloggen eindigt op een respectvolle pagina, met een telefoonnummer.",
    "Duinweg", "2", "1996BD", prefix="van", born_in="'s-Gravenhage",
    flags={"opschortingBijhouding": ("O", "overlijden", "20230401")},
)  # fmt: skip
FARID = Resident(
    "999995844", "Farid", "Ghezala", "19510000", "oeverstad",
    "Van zijn geboortedatum is alleen het jaar bekend.", "Bekijk de geboortedatum: 1951.",
    "Brugstraat", "77", "1998GH", gender="M",
    born_in="Oran", born_country="Algerije", nationality="Algerijnse",
    partner=Relative("Maissa", "Adimi", "19750200"),
    children=(Relative("Rabah", "Ghezala", "20100824"), Relative("Rachid", "Ghezala", "20100824")),
    email="farid@voorbeeld.example",
)  # fmt: skip
FREDERIKA = Resident(
    "999993148", "Frederika", "Meijdens", "19590418", "veldrecht",
    "Zij woont nu in Berlijn.", "Inloggen eindigt op een eigen, vriendelijke pagina.",
    born_in="Neer", flags={"opschortingBijhouding": ("E", "emigratie", "20121001")},
)  # fmt: skip
HANS = Resident(
    "999970446", "Hans", "Hamersma", "19850118", "veldrecht",
    "Hij logt in bij de verkeerde gemeente.", "Inloggen eindigt op een eigen, vriendelijke pagina.",
    "Duinroosstraat", "12", "1996AB", gender="M", born_in="'s-Gravenhage",
    children=(
        Relative("Harold", "Hamersma", "20230110"),
        Relative("Harm", "Hamersma", "20231118"),
        Relative("Harry", "Hamersma", "20231118"),
    ),
    flags={"registered_in": "zandmeer"},
    email="hans@voorbeeld.example",
)  # fmt: skip

RESIDENTS: Sequence[Resident] = (
    HELGA, AYSE, HENDRIK, TRUDY, KEES, PETRI, FREDERIKA, HANS, ABDELLAH, ROBBERT, TINA, FARID, RABAH, MEETINA,
)  # fmt: skip
