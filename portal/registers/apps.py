from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "portal.registers"
    label = "registers"

    def ready(self) -> None:
        """What a session fetched goes with it."""
        from portal.accounts.endings import when_a_session_ends
        from portal.municipalities.turns import at_each_turn

        from .earlier import forget_over, forget_session

        when_a_session_ends(forget_session)
        at_each_turn(forget_over)
