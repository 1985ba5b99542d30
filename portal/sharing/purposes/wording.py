"""What the texts of a purpose must be: whole, plain, precise, and nothing but text."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from .fields import NEEDED, TEXTS
from .finding import Around, Content, Finding, error, text_of, warning
from .plain_words import HARD, LONGEST, MEAN, reading_of
from .slots import KNOWN, slots_in

TOO_LONG = 1500
"""Letters in one text of a screen."""
_VAGUE = re.compile(
    r"\b(\w*partners|derden|andere (organisaties|instanties|partijen)|ketenpartijen"
    r"|en dergelijke|et cetera|etc|enzovoorts?|onder andere|bijvoorbeeld)\b",
    re.IGNORECASE,
)
_ENDLESS = re.compile(r"\b(altijd|eeuwig|voorgoed|onbeperkt|onbepaald|oneindig)\w*\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(tot|totdat|zolang|zodra|niets|geen|meteen)\b\s*\w|\bniet\b"
    r"|\w\s+(minu(ut|ten)|u(ur|ren)|dag(en)?|we(ek|ken)|maand(en)?|ja(ar|ren))\b",
    re.IGNORECASE,
)


def whole(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """Dutch has every text that the screen of its ground shows; English all of them or none."""
    for name in _missing(content, "nl"):
        if name == "kept":
            yield error("nl.kept", _("De bewaartermijn is leeg. Schrijf hoe lang u het bewaart."))
        else:
            yield error(f"nl.{name}", _("Dit is leeg. Een inwoner moet dit kunnen lezen."))
    wish, missing = content.get("english", "wish"), _missing(content, "en")
    if "en" in content.get("texts", {}) and missing:
        for name in missing:
            yield error(f"en.{name}", _("Dit is leeg in het Engels. Vul alles in, of niets."))
    elif missing and wish == "must":
        yield error("english", _("De Engelse vertaling ontbreekt. Bij dit doel is zij verplicht."))
    elif missing and wish == "wish":
        yield warning("english", _("Er is geen Engelse vertaling. Een inwoner leest dan Nederlands."))


def kept_no_longer_than_needed(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """A term, or what it ends with: GDPR 5(1)(e)."""
    kept = text_of(content, "kept")
    if kept and (_ENDLESS.search(kept) or not _ENDS.search(kept)):
        yield error(
            "nl.kept", _("Dit is geen bewaartermijn. Schrijf hoe lang, zoals: 1 jaar. Of: tot u stopt.")
        )


def receivers_have_names(content: Content, around: Around) -> Iterator[Finding]:
    """Who gets it is named, one by one, and is known here."""
    for language, texts in content.get("texts", {}).items():
        receivers = [one for one in texts.get("receivers", []) if str(one).strip()]
        if not receivers:
            yield error(f"{language}.receivers", _("Noem wie het krijgt, elk met naam."))
    places = ("receivers", "who", "asked", "what_for")
    for name in places:
        if vague := _VAGUE.search(text_of(content, name)):
            yield error(
                f"nl.{name}",
                _("“%(word)s” is niet precies. Noem elke ontvanger met naam.") % {"word": vague[0]},
            )
    if not content.get("consumer"):
        yield error("consumer", _("Kies welk systeem het leest."))
    elif around.private is not None and content["consumer"] not in around.private:
        yield error(
            "consumer",
            _(
                "Dit systeem is in deze gemeente niet aangesloten. "
                "De privacy-functionaris meldt het aan, onder Doelen, Afnemers."
            ),
        )
    elif not around.reads_it:
        yield warning(
            "consumer", _("Dit systeem mag dit doel nog niet lezen. Met publiceren krijgt het dat recht.")
        )
    if around.stopped:
        yield warning("consumer", _("Dit systeem is stopgezet. Het krijgt niets tot het weer mag lezen."))


def plain_words(content: Content, around: Around) -> Iterator[Finding]:  # noqa: ARG001
    """Level B1, measured text by text; a law's name is as long as it is."""
    for language, texts in content.get("texts", {}).items():
        for name in TEXTS:
            text = text_of(content, name, language)
            where = f"{language}.{name}"
            if len(text) > TOO_LONG:
                yield error(where, _("Deze tekst is te lang. Niemand leest zo veel."))
                continue
            read = reading_of(text)
            tell = error if language == "nl" and name != "law" else warning
            if read.mean > MEAN:
                yield tell(
                    where,
                    _("De zinnen zijn te lang: %(n)s woorden gemiddeld. Hoogstens %(most)s.")
                    % {"n": round(read.mean), "most": MEAN},
                )
            elif read.longest > LONGEST:
                yield tell(
                    where,
                    _("Eén zin heeft %(n)s woorden. Maak er twee van.") % {"n": read.longest},
                )
            for word in read.hard if language == "nl" else ():
                plain = HARD[word]
                yield tell(
                    where,
                    _("“%(word)s” is moeilijk. Schrijf: “%(plain)s”.") % {"word": word, "plain": plain}
                    if plain
                    else _("“%(word)s” is niet nodig. Laat het weg.") % {"word": word},
                )
        if not texts.get("title"):
            continue
        if len(str(texts["title"])) > 60:
            yield warning(f"{language}.title", _("De naam is lang. Zestig letters is genoeg."))


def only_text(content: Content, around: Around) -> Iterator[Finding]:
    """No HTML, and no slot that nobody fills in."""
    for field, text in _all_texts(content):
        if re.search(r"<[a-zA-Z/!]", text):
            yield error(field, _("Hier staat HTML in. Schrijf gewone tekst."))
        open_ones = slots_in(text)
        for name in sorted(open_ones - KNOWN):
            yield error(field, _("Dit gegeven bestaat niet: %s.") % f"[[{name}]]")
        if around.private is not None:
            for name in sorted(open_ones & KNOWN):
                yield error(field, _("%s is in deze gemeente niet ingevuld. Doe dat eerst.") % f"[[{name}]]")


def _missing(content: Content, language: str) -> list[str]:
    return [name for name in NEEDED[content["ground"]] if not text_of(content, name, language)]


def _all_texts(content: Content) -> Iterator[tuple[str, str]]:
    for language, texts in content.get("texts", {}).items():
        for name in texts:
            value = texts[name]
            shown = " ".join(map(str, value.values())) if isinstance(value, Mapping) else None
            yield f"{language}.{name}", shown if shown is not None else text_of(content, name, language)
    for name in ("free_because", "bsn_law", "dpia", "no_dpia"):
        yield name, str(content.get(name, ""))
