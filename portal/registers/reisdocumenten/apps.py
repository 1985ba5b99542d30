from django.apps import AppConfig


class ReisdocumentenConfig(AppConfig):
    name = "portal.registers.reisdocumenten"
    label = "reisdocumenten"

    def ready(self) -> None:
        """Travel documents have a part of the page of own data."""
        from ..connecting import offer_connection
        from ..own_data import offer_own_data
        from .connecting import KIND
        from .part import PART

        offer_own_data(PART)
        offer_connection(KIND)
