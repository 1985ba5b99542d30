from django.apps import AppConfig


class WozConfig(AppConfig):
    name = "portal.registers.woz"
    label = "woz"

    def ready(self) -> None:
        """The value of a house has a part of the page of own data."""
        from ..connecting import offer_connection
        from ..own_data import offer_own_data
        from .connecting import KIND
        from .part import PART

        offer_own_data(PART)
        offer_connection(KIND)
