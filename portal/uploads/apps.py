from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "portal.uploads"
    label = "uploads"

    def ready(self) -> None:
        """Cases tell what was added to them; the worker scans, delivers, and forgets in time."""
        from portal.municipalities.turns import at_each_turn
        from portal.registers.added import told_by
        from portal.sharing.overdue import look_here_too
        from portal.sharing.sweeper import take_time_too

        from .forgetting import forget_over
        from .on_case import on_case
        from .working import overdue, work_due

        told_by(on_case)
        at_each_turn(forget_over)
        take_time_too(work_due)
        look_here_too(overdue)
