"""Whether a connection that lay in the pool still leads to PostgreSQL, mostly without asking it.

Asking costs as much as the question that finds a host's municipality. A server that stops or breaks off
closes its end, and the operating system knows; only a network that goes silent has to be asked about.
"""

from select import POLLIN, poll
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg_pool import ConnectionPool

TRUSTED = 2.0
"""Seconds after it answered."""
_answered: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


def check(connection: Connection[Any]) -> None:
    """For the pool, before it hands one out. Raises psycopg.OperationalError for one that is gone."""
    now = monotonic()
    if now - _answered.get(connection, -TRUSTED) < TRUSTED and not _told_something(connection):
        return
    ConnectionPool.check_connection(connection)
    _answered[connection] = now


def _told_something(connection: Connection[Any]) -> bool:
    """Unasked, PostgreSQL tells only that it goes; what is closed can be read too."""
    if connection.closed:
        return True
    watched = poll()
    watched.register(connection.fileno(), POLLIN)
    return bool(watched.poll(0))
