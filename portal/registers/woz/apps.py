from django.apps import AppConfig


class WozConfig(AppConfig):
    name = "portal.registers.woz"
    label = "woz"

    def ready(self) -> None:
        """The value of a house has a part of the page of own data; whose it is, forms need not ask."""
        from ..connecting import offer_connection
        from ..for_forms import house_is_known_by
        from ..own_data import offer_own_data
        from .connecting import KIND
        from .part import PART, ask_owns

        offer_own_data(PART)
        offer_connection(KIND)
        house_is_known_by(PART.kind, ask_owns)
