from django.apps import AppConfig


class BrpConfig(AppConfig):
    name = "portal.registers.brp"
    label = "brp"

    def ready(self) -> None:
        """The BRP tells at the door who may go on to Mijn, where letters go, and whose address is secret."""
        from portal.accounts.standing import ask_at_sign_in
        from portal.notices import known

        from ..connecting import offer_connection
        from ..earlier import home_is_hidden_by
        from ..own_data import person_is_told_by
        from ..sections import offer
        from .connecting import KIND
        from .postal import postal_lines
        from .section import KEEPS, PART, SECTION, home_of
        from .sign_in import standing_at_sign_in

        ask_at_sign_in(standing_at_sign_in)
        offer(SECTION)
        home_is_hidden_by(KEEPS)
        person_is_told_by(PART, home_of)
        offer_connection(KIND)
        known.by_post(postal_lines)
