from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "portal.counter"
    label = "counter"

    def ready(self) -> None:
        """What is shown ends with the resident's session; what is over is forgotten in time."""
        from portal.accounts.endings import when_a_session_ends
        from portal.municipalities.turns import at_each_turn

        from .forgetting import forget_over, forget_session

        when_a_session_ends(forget_session)
        at_each_turn(forget_over)
