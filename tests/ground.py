"""The ground every test stands on: a real PostgreSQL with the two roles, before Django reads its settings.

DATABASE_URL and DATABASE_OWNER_URL name a server, or an embedded one is started for this run. Loaded with
`-p tests.ground`; workers of pytest-xdist inherit the controller's server.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _keys() -> None:
    """The folder of the grants' monthly keys, one for all workers."""
    if "GRANT_KEYS" not in os.environ:
        folder = tempfile.mkdtemp(prefix="portal-grant-keys-")
        os.environ["GRANT_KEYS"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _database() -> None:
    if "DATABASE_OWNER_URL" in os.environ:
        return
    from demo import postgres

    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    folder.chmod(0o755)
    server = postgres.start(folder, postgres.free_port(), durable=False)
    os.environ["DATABASE_URL"] = server.app_url()
    os.environ["DATABASE_OWNER_URL"] = server.owner_url()
    os.environ["TESTS_SUPERUSER_URL"] = postgres.superuser_url(folder, server.port)

    def stop() -> None:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)


_keys()
_database()
