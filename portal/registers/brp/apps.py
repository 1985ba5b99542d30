from django.apps import AppConfig


class BrpConfig(AppConfig):
    name = "portal.registers.brp"
    label = "brp"

    def ready(self) -> None:
        """The BRP tells at the door who may go on to Mijn, and where letters go; it has a page in Mijn."""
        from portal.accounts.standing import ask_at_sign_in
        from portal.notices import known

        from ..sections import offer
        from .postal import postal_lines
        from .section import SECTION
        from .sign_in import standing_at_sign_in

        ask_at_sign_in(standing_at_sign_in)
        offer(SECTION)
        known.by_post(postal_lines)
