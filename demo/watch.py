"""Keeps an eye on the demo: what ends by itself is started once more; the second time all stops."""

from time import sleep

from .bring_up import Running
from .processes import DemoFailed, Process
from .progress import complain, say


def watch(running: Running) -> None:
    """Look until somebody stops us. Raises DemoFailed when something ended for the second time."""
    ended_before: set[str] = set()
    while True:
        sleep(0.5)  # between two looks; a signal ends it at once
        if running.postgres and running.postgres.process and running.postgres.process.poll() is not None:
            raise DemoFailed(f"The database stopped. See {running.demo.state / 'postgres' / 'postgres.log'}")
        for process in list(running.processes.values()):
            if process.popen.poll() is not None:
                _again(running, process, ended_before)


def _again(running: Running, process: Process, ended_before: set[str]) -> None:
    name = process.name
    told = f"“{name}” stopped by itself. {process.last_words}"
    if name in ended_before:
        raise DemoFailed(f"{told}\nIt was the second time, so the demo stops.")
    ended_before.add(name)
    complain(told)
    process.end_children()
    running.start(name)
    running.ready(name)
    say(f"“{name}” runs again.")
