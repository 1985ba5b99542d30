"""The national list of product names ("Uniforme Productnamenlijst", UPL) of standaarden.overheid.nl.

Its CSV has a row for each law of a product. `X` in a column says whom a product is for and who gives it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .columns import ADDRESS, KIND, PRODUCT, UPL
from .files import Row, Sheet
from .held import Held

NO_NAME = "UPL-naam_nog_niet_beschikbaar"
"""The end of the address of what is in the list only to say that a product is not in it."""
LISTED = 900
"""How many fit on one screen, and in one form."""


@dataclass(frozen=True, slots=True)
class Product:
    """One product for citizens."""

    uri: str
    name: str
    laws: tuple[tuple[str, str], ...]
    """Names and addresses."""

    @property
    def cells(self) -> dict[str, object]:
        """The beginning of a page for it."""
        laws = (f"{name} | {url}" if url or "|" in name else name for name, url in self.laws)
        return {
            KIND: PRODUCT,
            ADDRESS: "",
            "titel": self.name[:1].upper() + self.name[1:],
            UPL: self.name,
            "upl_adres": self.uri,
            "wet": "\n".join(laws),
        }


def products_for_citizens(sheet: Sheet) -> list[Product]:
    """By name. Where the list says which products are a municipality's, only those."""
    found: dict[str, Product] = {}
    for row in sheet.rows:
        cells = {name: str(cell or "").strip() for name, cell in row.cells.items()}
        uri, name = cells.get("uri", ""), cells.get("uniformeproductnaam", "")
        theirs = "gemeente" not in sheet.headings or cells.get("gemeente")
        if not (uri and name and cells.get("burger") and theirs) or uri.endswith(NO_NAME):
            continue
        law = (cells.get("grondslaglabel", ""), cells.get("grondslaglink", ""))
        before = found.get(uri)
        laws = before.laws if before else ()
        if law[0] and law not in laws:
            laws = (*laws, _fitting(law))
        found[uri] = Product(uri, name, laws)
    return sorted(found.values(), key=lambda one: one.name.casefold())


def without_page(products: Iterable[Product], held: Iterable[Held]) -> list[Product]:
    """Those that no product of the tree is about, by name or address in the list."""
    pages = [one for one in held if one.kind == PRODUCT]
    names = {one.stored[UPL].casefold() for one in pages}
    uris = {one.stored["upl_adres"] for one in pages}
    return [one for one in products if one.name.casefold() not in names and one.uri not in uris]


def beginnings(products: Iterable[Product]) -> Sheet:
    """Rows for those that somebody chose."""
    rows = [Row(number, one.cells, unfinished=True) for number, one in enumerate(products, start=1)]
    return Sheet((), tuple(rows))


def _fitting(law: tuple[str, str]) -> tuple[str, str]:
    """As a page can hold it: names are sometimes long, and a link needs https."""
    name, url = law
    url = url.replace("http://wetten.overheid.nl/", "https://wetten.overheid.nl/")
    url = url if url.startswith("https://") and len(url) <= 255 else ""
    return (name if len(name) <= 150 else f"{name[:149]}…"), url
