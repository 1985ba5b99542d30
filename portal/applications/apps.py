from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "portal.applications"
    label = "applications"

    def ready(self) -> None:
        """What is no case yet stands beside the cases; the worker goes on with it, and forgets in time."""
        from portal.municipalities.turns import at_each_turn
        from portal.registers.beside import stands_beside
        from portal.registers.correcting import corrections_go_to
        from portal.sharing.overdue import look_here_too
        from portal.sharing.sweeper import tell_too

        from .arrange import correction_url
        from .forgetting import forget_over
        from .outbox import deliver_due, overdue
        from .unfinished import lines

        stands_beside(lines)
        corrections_go_to(correction_url)
        at_each_turn(forget_over)
        tell_too(deliver_due)
        look_here_too(overdue)
