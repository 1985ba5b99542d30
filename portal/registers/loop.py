"""The one asyncio loop of a process, in a daemon thread, started when a register is first asked."""

import asyncio
import os
from threading import Lock, Thread
from uuid import UUID

from portal.municipalities.connections import Connection

from .caller import Caller
from .errors import RegisterSwitchedOff

USED_FOR = 330.0  # seconds after a change; longer than any call, or a download (`content.LONGEST`)
_lock = Lock()
_loop: asyncio.AbstractEventLoop | None = None
_callers: dict[UUID, Caller] = {}
"""By connection, for their open sockets; touched on the loop thread only."""


def running() -> asyncio.AbstractEventLoop:
    """This process's loop."""
    global _loop
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            Thread(target=_loop.run_forever, name="registers", daemon=True).start()
        return _loop


def caller(connection: Connection) -> Caller:
    """The caller of a connection; a new one when its address, credentials or parameters changed.

    Raises RegisterSwitchedOff: nothing is asked of what the municipality switched off.
    """
    if connection.switched_off:
        raise RegisterSwitchedOff
    known = _callers.get(connection.id)
    if known is None or known.connection != connection:
        _callers[connection.id] = Caller(connection)
        if known:
            # Calls and downloads under way get their time before the sockets close.
            asyncio.get_running_loop().call_later(USED_FOR, lambda: asyncio.ensure_future(known.close()))
    return _callers[connection.id]


def _start_afresh() -> None:
    """After a fork only the forking thread lives on: no loop, and sockets that belong to the parent."""
    global _loop, _lock
    _lock, _loop = Lock(), None
    _callers.clear()


os.register_at_fork(after_in_child=_start_afresh)
