"""Who works in the CMS of the demo and at its counters: a name and a role, and where they may work."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from cms.founding import administrators_of, editors_of, officers_of, on_duty_for
from cms.trees import LIBRARY
from portal.counter import functions
from portal.counter.models import Team
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality

from .municipalities import PLACES


@dataclass(frozen=True)
class Member:
    """One account."""

    username: str
    first_name: str
    role: str
    trees: Sequence[str] = ()
    """Slugs of the trees that this person edits."""
    offices: Sequence[str] = ()
    """Slugs of the places whose privacy officer this person is."""
    administers: Sequence[str] = ()
    """Slugs of the municipalities whose connections this person looks after."""
    on_duty: Sequence[str] = ()
    """Slugs of the municipalities whose site this person warns on; LIBRARY means all sites."""
    everything: bool = False


STAFF = (
    Member("joke", "Joke", "Redacteur van Zandmeer", ("zandmeer",)),
    Member("wim", "Wim", "Redacteur van Veldrecht", ("veldrecht",)),
    Member("fatima", "Fatima", "Redacteur van Oeverstad", ("oeverstad",)),
    Member("bram", "Bram", "Redacteur van de bibliotheek", (LIBRARY,)),
    Member(
        "ingrid",
        "Ingrid",
        "Functionaris gegevensbescherming van Zandmeer en Veldrecht",
        offices=("zandmeer", "veldrecht"),
    ),
    Member("hanneke", "Hanneke", "Tweede privacy-functionaris van Zandmeer", offices=("zandmeer",)),
    Member("roel", "Roel", "Privacy-functionaris van Oeverstad", offices=("oeverstad",)),
    Member("douwe", "Douwe", "Tweede privacy-functionaris van Veldrecht", offices=("veldrecht",)),
    Member("yara", "Yara", "Tweede privacy-functionaris van Oeverstad", offices=("oeverstad",)),
    Member("noor", "Noor", "Privacy-functionaris van de bibliotheek", offices=(LIBRARY,)),
    Member("karim", "Karim", "Applicatiebeheerder van Zandmeer", administers=("zandmeer",)),
    Member("lotte", "Lotte", "Tweede beheerder van Zandmeer", administers=("zandmeer",)),
    Member("tjitske", "Tjitske", "Applicatiebeheerder van Veldrecht", administers=("veldrecht",)),
    Member("mo", "Mo", "Piketdienst van Zandmeer", on_duty=("zandmeer",)),
    Member("gerda", "Gerda", "Piketdienst van alle sites", on_duty=(LIBRARY,)),
    Member("beheer", "Anouk", "Beheerder van alles", everything=True),
)


@dataclass(frozen=True)
class Employee:
    """One account at a counter."""

    username: str
    first_name: str
    last_name: str
    municipality: str
    team: str
    function: str
    """As residents read it beside name and team."""
    may_record: bool = False
    may_oversee: bool = False


EMPLOYEES = (
    Employee(
        "sanne", "Sanne", "de Wit", "zandmeer", "Klantcontact", "Medewerker klantcontact", may_record=True
    ),
    Employee(
        "ruud", "Ruud", "Terpstra", "zandmeer", "Coördinatie klantcontact", "Coördinator", may_oversee=True
    ),
    Employee("gerrie", "Gerrie", "Postma", "veldrecht", "Dorpenteam", "Dorpsondersteuner", may_record=True),
    Employee(
        "sietske",
        "Sietske",
        "de Boer",
        "veldrecht",
        "Coördinatie Dorpenteam",
        "Coördinator",
        may_oversee=True,
    ),
    Employee(
        "samira", "Samira", "Haddad", "oeverstad", "Klantcontact", "Medewerker klantcontact", may_record=True
    ),
    Employee(
        "dewi", "Dewi", "Pattiasina", "oeverstad", "Coördinatie klantcontact", "Coördinator", may_oversee=True
    ),
)


def load_employees(password: str) -> list[dict[str, str]]:
    """Make the accounts and teams of the counters, and tell who they are. To repeat it changes nothing."""
    names = {place.slug: place.name for place in PLACES}
    for one in EMPLOYEES:
        user, made = get_user_model().objects.get_or_create(
            username=one.username,
            defaults={"first_name": one.first_name, "last_name": one.last_name},
        )
        if made:
            user.set_password(password)
            user.save()
        group, _made = Group.objects.get_or_create(name=f"Balie {names[one.municipality]}: {one.team}")
        team, _made = Team.objects.update_or_create(
            group=group,
            defaults={
                "municipality": Municipality.objects.get(slug=one.municipality),
                "name": one.team,
                "may_record": one.may_record,
                "may_oversee": one.may_oversee,
            },
        )
        user.groups.set([group])
        with acting_for(team.municipality), transaction.atomic():
            functions.write(user.pk, one.function)
    return [
        {
            "username": one.username,
            "password": password,
            "role": f"{one.first_name}, {one.team} van {names[one.municipality]}",
        }
        for one in EMPLOYEES
    ]


def missing() -> bool:
    """Whether there is somebody new since the accounts were made."""
    names = [member.username for member in STAFF]
    return get_user_model().objects.filter(username__in=names).count() < len(names)


def load(password: str) -> list[dict[str, str]]:
    """Make the accounts, all with one password, and tell who they are. To repeat it changes nothing."""
    municipalities = {one.slug: one for one in Municipality.objects.all()}
    names = {place.slug: place.name for place in PLACES} | {LIBRARY: "Bibliotheek"}
    for member in STAFF:
        user, made = get_user_model().objects.get_or_create(
            username=member.username,
            defaults={
                "first_name": member.first_name,
                "email": f"{member.username}@mijn-gemeenten.example",
                "is_superuser": member.everything,
                "is_staff": member.everything,
            },
        )
        if made:
            user.set_password(password)
            user.save()
        groups = [editors_of(slug, names[slug]) for slug in member.trees]
        offices = [officers_of(municipalities.get(slug)) for slug in member.offices]
        desks = [administrators_of(municipalities[slug]) for slug in member.administers]
        duties = [on_duty_for(municipalities.get(slug)) for slug in member.on_duty]
        user.groups.set([*groups, *offices, *desks, *duties])
    return [
        {"username": member.username, "password": password, "role": f"{member.first_name}, {member.role}"}
        for member in STAFF
    ]
