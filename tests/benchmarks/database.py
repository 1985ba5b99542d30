"""A database of a benchmark's own, with tables and no rows, and the tests' settings."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory


@contextmanager
def empty_database() -> Iterator[None]:
    """Takes the server of DATABASE_URL and DATABASE_OWNER_URL, or starts one as tests do."""
    import tests.ground  # noqa: F401  # starts the server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from django.db import connections
    from django.test.utils import (
        override_settings,
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    from portal.municipalities.postgresql.roles import as_owner
    from tests import emptying

    setup_test_environment()
    with as_owner():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
    connections["default"].close()
    try:
        with TemporaryDirectory() as files, override_settings(MEDIA_ROOT=files):
            yield
    finally:
        emptying.close()
        connections["default"].close()
        with as_owner():
            teardown_databases(made, verbosity=0)
