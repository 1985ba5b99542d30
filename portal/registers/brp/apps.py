from django.apps import AppConfig


class BrpConfig(AppConfig):
    name = "portal.registers.brp"
    label = "brp"

    def ready(self) -> None:
        """The BRP tells at the door who may go on to Mijn; it has a part of the overview, and a page."""
        from portal.accounts.standing import ask_at_sign_in

        from ..sections import offer
        from .section import SECTION
        from .sign_in import standing_at_sign_in

        ask_at_sign_in(standing_at_sign_in)
        offer(SECTION)
