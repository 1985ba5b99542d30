from django.apps import AppConfig


class KlantinteractiesConfig(AppConfig):
    name = "portal.registers.klantinteracties"
    label = "klantinteracties"

    def ready(self) -> None:
        """Contact has a part of the overview, pages, and a part of each case's page; and fills in forms."""
        from portal.accounts.endings import when_a_session_ends
        from portal.municipalities.turns import at_each_turn

        from ..about_case import offer_about_case
        from ..connecting import offer_connection
        from ..for_forms import contact_is_known_by
        from ..reaching import mail_is_known_by
        from ..sections import offer
        from .connecting import KIND
        from .pending import forget_over, forget_session
        from .section import ABOUT_CASE, SECTION, ask_chosen_mail, ask_reached

        offer(SECTION)
        offer_connection(KIND)
        offer_about_case(ABOUT_CASE)
        mail_is_known_by("klantinteracties", ask_chosen_mail)
        contact_is_known_by("klantinteracties", ask_reached)
        when_a_session_ends(forget_session)
        at_each_turn(forget_over)
