from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "portal.sharing"
    label = "sharing"

    def ready(self) -> None:
        """What was proven and not agreed to goes with the session."""
        from portal.accounts.endings import when_a_session_ends

        from .forgetting import forget_session

        when_a_session_ends(forget_session)
