"""What a page is, for search engines and other machines: schema.org, as a block of data that nobody runs.

A policy for scripts does not touch it: browsers leave a script element of this type alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import strip_tags
from django.utils.timezone import localtime
from wagtail.models import Page

from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute, origin

from .models import CaseTypePage, GuidePage, HomePage, LocationPage, NewsPage, ProductPage, QuestionPage
from .routing import Crumb
from .slots import fill

Known = Mapping[str, str]
UPL = "http://standaarden.overheid.nl/owms/terms/"
"""Where the terms of the Uniforme Productnamenlijst live."""
SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def graph_of(page: Page, known: Known, canonical: str, trail: Iterable[Crumb]) -> Mapping[str, Any]:
    """The page, whose it is, and where it stands."""
    crumbs = list(trail)
    graph = [_organisation(known), _described(page, known, canonical)]
    if crumbs:
        graph.append(_breadcrumbs(crumbs, page, canonical))
    return {"@context": "https://schema.org", "@graph": graph}


def _described(page: Page, known: Known, canonical: str) -> dict[str, Any]:
    kind = next((make for model, make in KINDS.items() if isinstance(page, model)), _web_page)
    found = {
        "@id": f"{canonical}#pagina",
        "url": canonical,
        "name": _text(page.title, known),
        "inLanguage": page.locale.language_code,
        "description": _text(getattr(page, "intro", ""), known),
        **kind(page, known),
    }
    if page.last_published_at:
        found["dateModified"] = localtime(page.last_published_at).date().isoformat()
    return {name: value for name, value in found.items() if value}


def _web_page(_page: Page, _known: Known) -> dict[str, Any]:
    return {"@type": "WebPage", "publisher": {"@id": _municipality_id()}}


def _site(page: HomePage, known: Known) -> dict[str, Any]:
    return {**_web_page(page, known), "@type": "WebSite", "name": current_municipality().name}


def _product(page: ProductPage, known: Known) -> dict[str, Any]:  # noqa: ARG001  # as the others
    term = page.upl.strip().lower().replace(" ", "_")
    return {
        "@type": "GovernmentService",
        "serviceType": page.upl or page.title,
        "sameAs": UPL + term if term else "",
        "serviceOperator": {"@id": _municipality_id()},
        "areaServed": {"@type": "AdministrativeArea", "name": current_municipality().name},
    }


def _question(page: QuestionPage, known: Known) -> dict[str, Any]:
    answer = {"@type": "Answer", "text": _text(page.intro, known)}
    name = _text(page.title, known)
    question = {"@type": "Question", "name": name, "acceptedAnswer": answer}
    return {"@type": "FAQPage", "mainEntity": [question]}


def _guide(page: GuidePage, known: Known) -> dict[str, Any]:
    steps = [
        {
            "@type": "HowToStep",
            "position": number,
            "name": _text(block.value["title"], known),
            "text": _text(strip_tags(str(block.value["text"])), known),
        }
        for number, block in enumerate(page.steps, 1)
    ]
    return {"@type": "HowTo", "step": steps}


def _location(page: LocationPage, known: Known) -> dict[str, Any]:  # noqa: ARG001  # as the others
    return {
        "@type": "GovernmentOffice",
        "telephone": page.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": page.street,
            "postalCode": page.postcode,
            "addressLocality": page.town,
            "addressCountry": "NL",
        },
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": SCHEMA_DAYS[int(block.value["day"])],
                "opens": block.value["opens"].strftime("%H:%M"),
                "closes": block.value["closes"].strftime("%H:%M"),
            }
            for block in page.hours
        ],
    }


def _news(page: NewsPage, known: Known) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": _text(page.title, known),
        "datePublished": page.day.isoformat(),
        "publisher": {"@id": _municipality_id()},
    }


def _case_type(page: CaseTypePage, known: Known) -> dict[str, Any]:
    steps = [
        {"@type": "HowToStep", "position": number, "name": _text(block.value["name"], known)}
        for number, block in enumerate(page.steps, 1)
    ]
    return {"@type": "HowTo", "step": steps}


KINDS: Mapping[type[Page], Any] = {
    HomePage: _site,
    ProductPage: _product,
    QuestionPage: _question,
    GuidePage: _guide,
    LocationPage: _location,
    NewsPage: _news,
    CaseTypePage: _case_type,
}


def _organisation(known: Known) -> dict[str, Any]:
    municipality = current_municipality()
    found = {
        "@type": "GovernmentOrganization",
        "@id": _municipality_id(),
        "name": f"Gemeente {municipality.name}",
        "url": absolute("/"),
        "telephone": known.get("telefoon", ""),
        "email": known.get("e-mail", ""),
    }
    return {name: value for name, value in found.items() if value}


def _breadcrumbs(crumbs: list[Crumb], page: Page, canonical: str) -> dict[str, Any]:
    places = [(one.label, absolute(one.url)) for one in crumbs] + [(page.title, canonical)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(places, 1)
        ],
    }


def _municipality_id() -> str:
    return f"{origin(current_municipality().host)}/#gemeente"


def _text(text: str, known: Known) -> str:
    """Plain text with its slots filled; `fill` escapes for HTML, which JSON has no use for."""
    from html import unescape

    return unescape(str(fill(text, known))).strip()
