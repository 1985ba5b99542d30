"""What is wrong with a purpose, told before anybody publishes it: pure functions from content to findings.

An error blocks publishing; a warning explains what an officer should look at. Each finding names the field
it is about. Sources: GDPR 5, 6, 7, 35 and recital 43, UAVG 46, Wabb 10, and the house's own rules on words.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from django.utils.translation import gettext as _

from .asked_anew import says_that_it_is_big
from .fields import TEXTS
from .finding import Around, Content, Finding, Weight, attributes, error, is_private, text_of, warning
from .record import Ground
from .wording import kept_no_longer_than_needed, only_text, plain_words, receivers_have_names, whole

Rule = Callable[[Content, Around], Iterator[Finding]]
AGES = (12, 16, 18, 21, 65)
"""The ages for which the wallet can prove "over", without the date of birth."""

_AGE = re.compile(
    r"\b(\d{1,3})(?:\s*jaar|\s?\+|-?\s?plus)|\bleeftijd|\bvanaf (\d{1,3})\b"
    r"|\b(?:jong)?volwassen|\b(?:meerder|minder)jarig",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"dateofbirth|birthdate|geboortedatum|\bgeboren\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(artikel(en)?|art\.|article)\s*\d", re.IGNORECASE)
_OTHER_LAW = re.compile(r"\b(\w*wet|wetboek|besluit)\b|\bWmo\b|\bAwb\b|\bWBRP\b", re.IGNORECASE)
_DEPENDS = re.compile(r"\b(bijstand|uitkering|vergunning|boete|schuld\w*|kwijtschelding)\b", re.IGNORECASE)
_MONTHS = re.compile(r"\b(\d+|\w+) (maand(?:en)?|jaar)\b", re.IGNORECASE)
_NUMBERS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_UNTIL_STOPPED = re.compile(r"\btot(dat)? (u|je) (zelf )?(stopt|ophangt|verhuist)\b", re.IGNORECASE)
_SENSITIVE = re.compile(r"gezond|zorg|diagnose|geloof|strafblad|medisch|ziek", re.IGNORECASE)


IN_GENERAL = Around()


def check(content: Content, around: Around = IN_GENERAL) -> tuple[Finding, ...]:
    """All findings, errors first."""
    if content.get("ground") not in list(Ground):
        return (error("ground", _("Kies de grond: toestemming, wet, of een wet die een ja vraagt.")),)
    found = chain.from_iterable(rule(content, around) for rule in RULES)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.weight is not Weight.ERROR))


def errors(content: Content, around: Around = IN_GENERAL) -> tuple[Finding, ...]:
    """What blocks publishing."""
    return tuple(one for one in check(content, around) if one.weight is Weight.ERROR)


def free_to_say_no(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """A consent counts only when a resident is free: GDPR 7(4) and recital 43."""
    if content["ground"] != Ground.CONSENT:
        return
    if content.get("initiative") != "resident":
        yield error("initiative", _("Toestemming is alleen vrij als de inwoner er zelf over begint."))
    if not content.get("goes_on"):
        yield error("goes_on", _("Bevestig dat de dienst bij nee gewoon doorgaat. Anders is nee niet vrij."))
    if not text_of(content, "other_way"):
        yield error("nl.other_way", _("Er is geen andere weg. Noem er een: balie, telefoon of papier."))
    if not str(content.get("free_because", "")).strip():
        yield error("free_because", _("Schrijf waarom de inwoner vrij is om nee te zeggen."))
    depends = _DEPENDS.search(f"{text_of(content, 'title')} {text_of(content, 'what_for')}")
    if depends:
        yield warning(
            "ground",
            _("Het gaat over “%(word)s”. Daarvoor hangt de inwoner van u af. Is nee echt vrij?")
            % {"word": depends[0]},
        )


def right_ground(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """A law names its article, a consent names the GDPR, and no law's screen speaks of consent."""
    law = text_of(content, "law")
    if not law:
        return
    if content["ground"] == Ground.CONSENT:
        if not re.search(r"\bAVG\b|verordening gegevensbescherming", law):
            other = _OTHER_LAW.search(law)
            yield error(
                "ground",
                _("U noemt “%(law)s”. Mag het van een wet, vraag dan geen toestemming: kies de grond wet.")
                % {"law": other[0]}
                if other
                else _("Noem bij toestemming de AVG, artikel 6 lid 1 onder a."),
            )
        return
    if not _ARTICLE.search(law):
        yield error("nl.law", _("Noem de wet én het artikel, zoals: Gemeentewet, artikel 225."))
    if content["ground"] == Ground.LAW:
        for name in TEXTS:
            if "toestemming" in text_of(content, name).lower():
                yield error(f"nl.{name}", _("Schrijf hier niet “toestemming”: bij een wet kiest niemand."))
            if "consent" in text_of(content, name, "en").lower():
                yield error(f"en.{name}", _("Schrijf hier niet “consent”: bij een wet kiest niemand."))


def not_more_than_needed(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """A date of birth is not asked where a yes or no to an age is enough."""
    telling = ("title", "who", "asked", "not_seen", "what_for", "law")
    about = " ".join(text_of(content, name) for name in telling)
    age = _AGE.search(about)
    for one in attributes(content):
        where = f"attributes.{one.get('name', '')}"
        if not _BIRTH.search(f"{one.get('name', '')} {one.get('claim', '')} {one.get('register') or ''}"):
            continue
        if age is None:
            yield warning(where, _("Is een leeftijd genoeg? De app kan bewijzen dat iemand oud genoeg is."))
        else:
            years = int(age[1] or age[2] or 18)
            enough = next((limit for limit in reversed(AGES) if limit <= years), AGES[0])
            yield error(
                where,
                _("Vraag geen geboortedatum. Het bewijs over%(years)s is genoeg: u vraagt dan minder.")
                % {"years": enough},
            )


def bsn_has_a_ground(content: Content, around: Around) -> Iterator[Finding]:
    """A BSN needs a law, and a private party never gets it (UAVG 46, Wabb 10).

    Comparing it with the resident who is signed in is no sharing: `personal`, which the screen names.
    """
    for one in attributes(content):
        known = f"{one.get('name', '')}.{one.get('claim', '')}.{one.get('register') or ''}"
        if not {"bsn", "burgerservicenummer"} & {*re.split(r"[./]", known.lower())}:
            continue
        where = f"attributes.{one.get('name', '')}"
        if is_private(content, around):
            yield error(where, _("Een bedrijf of stichting krijgt nooit het BSN (UAVG, artikel 46)."))
        elif content["ground"] == Ground.CONSENT:
            yield error(where, _("Het BSN delen mag niet met toestemming. Daar is een wet voor nodig."))
        elif not _ARTICLE.search(str(content.get("bsn_law", ""))):
            yield error(
                where, _("Noem bij “Waarom mag het BSN?” de wet en het artikel. Of vraag het BSN niet.")
            )


def can_be_given(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """Each attribute has a name to read and a way to be given; there is a way without a wallet."""
    asked = attributes(content)
    if not asked and content["ground"] != Ground.LAW:
        yield error("attributes", _("Er staat geen gegeven in. Een doel vraagt er minstens één."))
    names = [one.get("name", "") for one in asked]
    for one in asked:
        name = one.get("name", "")
        where = f"attributes.{name}"
        if names.count(name) > 1:
            yield error(where, _("Dit gegeven staat er twee keer in."))
        for language, texts in content.get("texts", {}).items():
            if not texts.get("labels", {}).get(name, "").strip():
                yield error(where, _("Geef dit gegeven een naam die een inwoner leest (%s).") % language)
        if content["ground"] != Ground.LAW and not (
            one.get("claim") or one.get("typed") or one.get("register") or one.get("choice")
        ):
            yield warning(where, _("Dit kan alleen met een medewerker erbij: geen app, typen of register."))
        if re.search(r"over\d+$", f"{name} {one.get('claim', '')}") and not one.get("must_equal"):
            yield error(where, _("Zet bij dit bewijs dat het antwoord “yes” moet zijn."))
    if content["ground"] == Ground.LAW or not asked:
        return
    if content["ground"] == Ground.CONSENT:
        return  # asked for already, whatever else there is
    proven = [one for one in asked if not one.get("choice")]
    without = all(one.get("typed") for one in proven) or all(one.get("register") for one in proven)
    if not without and not text_of(content, "other_way"):
        yield error("nl.other_way", _("Dit kan alleen met een app. Noem ook een weg zonder app."))


def only_in_such_cases(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """What is read by law is read in cases of kinds that the purpose names, not in any case."""
    if content["ground"] == Ground.LAW and attributes(content) and not content.get("case_types"):
        yield error(
            "case_types", _("Bij welke soorten zaken mag dit? Noem ze, zoals het zaaksysteem ze kent.")
        )


def has_an_end(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """A yes ends by itself, or the screen says that it lasts until the resident stops; months are months."""
    if content["ground"] == Ground.LAW or content.get("one_time"):
        return
    how_long = text_of(content, "how_long")
    ends = any(content.get(f"valid_{part}") for part in ("months", "days", "minutes"))
    if not ends and not _UNTIL_STOPPED.search(how_long):
        yield error(
            "valid_months",
            _("Hoe lang geldt een ja? Vul een tijd in, of schrijf bij “Hoe lang?”: tot u stopt."),
        )
    elif (months := _months_in(how_long)) and months != content.get("valid_months"):
        yield error(
            "valid_months",
            _("Bij “Hoe lang?” staat een tijd van %(months)s maanden. Vul hier hetzelfde aantal maanden in.")
            % {"months": months},
        )


def _months_in(text: str) -> int | None:
    """How many months a text such as “6 maanden” or “Een jaar” names first; None when it names none."""
    for number, unit in _MONTHS.findall(text):
        word = number.lower().replace("é", "e")
        count = int(number) if number.isdigit() else _NUMBERS.index(word) + 1 if word in _NUMBERS else 0
        in_years = unit.lower() == "jaar"
        if count and not (in_years and count > 10):  # eighteen years is an age
            return count * 12 if in_years else count
    return None


def dpia_where_needed(content: Content, around: Around) -> Iterator[Finding]:
    """GDPR 35: sensitive facts and private receivers want one; elsewhere one says why not."""
    asked = " ".join(f"{one.get('name', '')} {one.get('register') or ''}" for one in attributes(content))
    needed = (
        content.get("explicit")
        or is_private(content, around)
        or _SENSITIVE.search(f"{asked} {text_of(content, 'asked')}")
    )
    if str(content.get("dpia", "")).strip():
        return
    if needed:
        yield error("dpia", _("Dit is gevoelig. Vul het nummer van de DPIA in (AVG, artikel 35)."))
    elif not str(content.get("no_dpia", "")).strip():
        yield warning("no_dpia", _("Schrijf waarom een DPIA niet nodig is, of vul het nummer in."))


RULES: tuple[Rule, ...] = (
    whole,
    says_that_it_is_big,
    free_to_say_no,
    right_ground,
    not_more_than_needed,
    bsn_has_a_ground,
    receivers_have_names,
    can_be_given,
    only_in_such_cases,
    has_an_end,
    kept_no_longer_than_needed,
    dpia_where_needed,
    plain_words,
    only_text,
)
