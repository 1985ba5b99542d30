"""`python -m tests.benchmarks.many_municipalities [--municipalities 342] [--pages 500]`: the library's cost.

The demo's library made as large and its municipalities as many, each with site, tree, groups and keys; then
what publishing one page writes, on how many hosts it is seen at the next request, what a page asks, and what
one more municipality adds. Takes the server of DATABASE_URL and DATABASE_OWNER_URL, or starts one as tests
do; makes its own database (minutes) and removes it again.
"""

import argparse
import sys
from time import perf_counter

PATHS = ("/", "/verhuizen/", "/en/moving/", "/nieuws/")


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m tests.benchmarks.many_municipalities")
    arguments.add_argument("--municipalities", type=int, default=342)
    arguments.add_argument("--pages", type=int, default=500)
    chosen = arguments.parse_args()
    from .database import empty_database

    with empty_database():
        measure(chosen.municipalities, chosen.pages)
    return 0


def measure(municipalities: int, pages: int) -> None:
    from django.db.models import Q

    from cms.models import ContentPage
    from cms.trees import library_roots
    from portal.municipalities.models import Municipality
    from tests.cms.conftest import DAY, PASSWORD
    from tests.cms.kept_pages import load
    from tests.cms.many import library_pages_added, municipality_added, rows

    load(PASSWORD, DAY)
    of_library = Q()
    for root in library_roots():
        of_library |= Q(url_path__startswith=root)
    few = rows()
    municipality_added()
    at_first = rows() - few
    show("at three municipalities and the library of the demo")
    costs()

    began = perf_counter()
    library_pages_added(pages - ContentPage.objects.filter(of_library).count())
    for _ in range(municipalities - Municipality.objects.count() - 1):
        municipality_added()
    many = rows()
    municipality_added()
    at_last = rows() - many
    seconds, held = perf_counter() - began, ContentPage.objects.filter(of_library).count()
    show(
        f"at {Municipality.objects.count()} municipalities and {held} library pages, made in {seconds:.0f} s"
    )
    show(f"  rows a municipality without own content adds: {at_first} at first, {at_last} now (limit 150)")
    costs()


def costs() -> None:
    """What publishing writes, and pages and root paths ask."""
    from django.core.cache import cache
    from django.test import Client
    from wagtail.models import Site

    from cms.models import ContentPage
    from portal.municipalities.models import Municipality
    from tests.cms.many import READS, WRITES, statements

    hosts = list(Municipality.objects.order_by("host").values_list("host", flat=True))
    client = Client()
    page = ContentPage.objects.get(slug="verhuizen").specific
    page.intro = f"Alles is anders bij {len(hosts)}."
    with statements(*WRITES) as saving:
        revision = page.save_revision()
    began = perf_counter()
    with statements(*WRITES) as writes:
        revision.publish()
    seconds = perf_counter() - began
    took = f"{len(writes)} writes (limit 10) in {seconds * 1000:.0f} ms"
    show(f"  publishing one page: {took}; saving its draft: {len(saving)}")
    with statements(*WRITES) as afterwards:
        seen = sum(
            page.intro.encode() in client.get("/verhuizen/", headers={"host": one}).content for one in hosts
        )
    show(f"  seen at the next request: {seen} of {len(hosts)} hosts, {len(afterwards)} more writes")
    for path in PATHS:
        asked = []
        cache.clear()
        for _ in ("made", "kept"):
            with statements(*READS, *WRITES) as questions:
                client.get(path, headers={"host": hosts[-1]})
            asked.append(len(questions))
        show(f"  {path}: {asked[0]} queries made anew (limit 10), {asked[1]} from the store (limit 1)")
    with statements(*READS) as questions:
        Site.get_site_root_paths()
    show(f"  root paths of all sites: {len(questions)} query (limit 2)")


def show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
