"""`/healthz`: the process answers. `/readyz`: it can serve residents. For any host, for the proxy."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from .postgresql.roles import faults_of_connected_role


def health(request: HttpRequest) -> HttpResponse | None:
    """The answer to a health question, or None for any other path."""
    if request.path == "/healthz":
        return _plain("ok", 200)
    if request.path == "/readyz":
        faults = why_not_ready()
        return _plain("\n".join(faults) or "ok", 503 if faults else 200)
    return None


def why_not_ready() -> list[str]:
    """Kinds of what is missing (database, migrations, keys); never details an outsider could use."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        role_faults = faults_of_connected_role()
    except DatabaseError:
        return ["database"]
    faults = ["migrations"] if waiting else []
    faults += ["role"] if role_faults else []
    return faults + ([] if settings.MASTER_KEYS else ["keys"])


def _plain(text: str, status: int) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
