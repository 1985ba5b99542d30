"""`python -m tests.benchmarks.long_log [--leaves 10000000] [--grants 1000000]`: proofs, acts and a use call.

Proofs and acts on a log of ten million leaves, and a use call where there are a million grants besides. Takes
the server of DATABASE_URL and DATABASE_OWNER_URL, or starts one as tests do. Makes its own database, has it
filled by the database itself (minutes), prints queries, plans and times, and removes it again.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

from .filling import filling

FILL = """
INSERT INTO sharing_ledgerentry (id, municipality_id, position, leaf, day)
SELECT uuidv7(), %(whose)s, n, sha256(convert_to('leaf ' || n, 'UTF8')), current_date
FROM generate_series(%(first)s, %(leaves)s - 1) AS n
"""
FIRST_LEVEL = """
INSERT INTO sharing_ledgernode (id, municipality_id, last, level, hash)
SELECT uuidv7(), l.municipality_id, r.position, 1, sha256('\\x01'::bytea || l.leaf || r.leaf)
FROM sharing_ledgerentry l
JOIN sharing_ledgerentry r ON r.municipality_id = l.municipality_id AND r.position = l.position + 1
WHERE l.municipality_id = %(whose)s AND l.position %% 2 = 0
"""
NEXT_LEVEL = """
INSERT INTO sharing_ledgernode (id, municipality_id, last, level, hash)
SELECT uuidv7(), l.municipality_id, r.last, l.level + 1, sha256('\\x01'::bytea || l.hash || r.hash)
FROM sharing_ledgernode l
JOIN sharing_ledgernode r
  ON r.municipality_id = l.municipality_id AND r.level = l.level AND r.last = l.last + %(step)s
WHERE l.municipality_id = %(whose)s AND l.level = %(level)s AND ((l.last + 1) / %(step)s) %% 2 = 1
"""


def fill(cursor: Any, municipality: UUID, leaves: int) -> None:
    """Fill an empty log, without a record to any of its leaves; its head comes after it, with `put_head`."""
    # Nothing is known yet of how many rows there will be: loops would take for ever.
    cursor.execute("SET LOCAL enable_nestloop = off")
    cursor.execute(FILL, {"whose": municipality, "first": 0, "leaves": leaves})
    cursor.execute(FIRST_LEVEL, {"whose": municipality})
    for level in range(1, leaves.bit_length() - 1):
        cursor.execute(NEXT_LEVEL, {"whose": municipality, "level": level, "step": 1 << level})
    cursor.execute("SET LOCAL enable_nestloop = on")


def put_head(leaves: int) -> None:
    """The head of the log of the municipality in force, as it stands after so many leaves."""
    from portal.municipalities.acting import current_municipality
    from portal.sharing.ledger import nodes
    from portal.sharing.ledger.tree import Range, perfect
    from portal.sharing.models import LedgerHead

    edge = list(perfect(Range(0, leaves)))
    kept = nodes.read(edge)
    hashes = b"".join(kept[one] for one in edge)
    LedgerHead.objects.update_or_create(
        municipality=current_municipality(), defaults={"size": leaves, "hashes": hashes}
    )


def plans_of(queries: Sequence[dict[str, str]]) -> Iterator[str]:
    """How PostgreSQL answers each of these questions."""
    from django.db import connection

    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
                cursor.execute("EXPLAIN " + query["sql"])
                yield "\n".join(line for (line,) in cursor.fetchall())


def scans(plans: Iterable[str]) -> list[str]:
    """Plans that read all entries or nodes; the head is one row, which is rightly read as it stands."""
    return [one for one in plans if re.search("Seq Scan on sharing_ledger(entry|node)", one)]


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m tests.benchmarks.long_log")
    arguments.add_argument("--leaves", type=int, default=10_000_000)
    arguments.add_argument("--grants", type=int, default=1_000_000)
    chosen = arguments.parse_args()
    import tests.ground  # noqa: F401  # starts the server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from django.db import connections
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from portal.municipalities.postgresql.roles import as_owner

    setup_test_environment()
    with as_owner():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
    connections["default"].close()
    try:
        measure(chosen.leaves, chosen.grants)
    finally:
        connections["default"].close()
        with as_owner():
            teardown_databases(made, verbosity=0)
    return 0


def measure(leaves: int, grants: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from portal.municipalities.acting import acting_for
    from portal.municipalities.founding import found
    from portal.municipalities.postgresql.roles import as_owner
    from portal.sharing.ledger import heads, nodes, tree

    zandmeer = found("zandmeer", "Zandmeer", "zandmeer.localhost", "9901", "zandmeer", {}, fictional=True)
    with acting_for(zandmeer):
        began = perf_counter()
        with filling() as cursor:
            fill(cursor, zandmeer.id, leaves)
            cursor.execute("ANALYZE sharing_ledgernode")
        with transaction.atomic():
            put_head(leaves)
        print(f"filled with {leaves:,} leaves in {perf_counter() - began:.0f} s")
        connection.close()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        random = Random(10)
        with transaction.atomic():
            head = heads.sign(timezone.now())
            root = bytes(head.root)
            places = [0, leaves - 1, *(random.randrange(leaves) for _ in range(200))]

            def proven(place: int) -> int:
                path = nodes.inclusion(place, leaves)
                (leaf,) = nodes.read([tree.Subtree(place, 0)]).values()
                assert tree.includes(leaf, place, leaves, path, root)
                return len(path)

            def grown(earlier: int) -> int:
                path = nodes.consistency(earlier, leaves)
                then = nodes.root_of(earlier)
                assert tree.only_grew(earlier, then, leaves, root, path)
                return len(path)

            asked("inclusion proofs, with the leaf", places, proven)
            asked("consistency proofs, with the earlier root", [one + 1 for one in places[1:]], grown)
            asked("an entry added", list(range(50)), added)
    used(zandmeer, grants)


def used(municipality: Any, grants: int) -> None:
    """One use call through the API, where so many grants are."""
    from django.db import transaction

    from portal.municipalities.acting import acting_for
    from portal.sharing import purposes
    from tests.sharing.conftest import Desk
    from tests.texts import message_by_email

    from .many_grants import one_use_call

    with acting_for(municipality), transaction.atomic():
        purposes.publish("digitaal-bericht", message_by_email("Zandmeer", "(0999) 12 34 56"))
    began = perf_counter()
    asked, scanned, seconds = one_use_call(Desk("demo-balie", municipality), grants)
    print(
        f"one use call among {grants:,} grants (made in {perf_counter() - began:.0f} s): "
        f"{len(asked)} queries, {len(scanned)} sequential scans of large tables, {seconds * 1000:.0f} ms"
    )
    print(*scanned, sep="\n")


def added(count: int) -> int:
    from django.utils import timezone

    from portal.sharing.ledger.entries import note
    from portal.sharing.models import LogRecord

    note(LogRecord.LOST, {"count": count}, timezone.now())
    return 0


def asked(what: str, questions: Sequence[int], ask: Any) -> None:
    """Ask each of these, and print how long they took, in how many queries, over which plans."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, most, hashes, scanned = [], 0, 0, 0
    for question in questions:
        with CaptureQueriesContext(connection) as captured:
            began = perf_counter()
            hashes = max(hashes, ask(question))
            times.append(perf_counter() - began)
        most = max(most, len(captured))
        if len(times) <= 10:
            scanned += len(scans(plans_of(captured.captured_queries)))
    times.sort()
    middle, slowest = times[len(times) // 2] * 1000, times[-1] * 1000
    print(
        f"{what}: {len(times)} times, at most {most} queries and {hashes} hashes, {scanned} sequential scans,"
        f" median {middle:.1f} ms, slowest {slowest:.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
