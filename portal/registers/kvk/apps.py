from django.apps import AppConfig


class KvkConfig(AppConfig):
    name = "portal.registers.kvk"
    label = "kvk"

    def ready(self) -> None:
        """Businesses have a part of the page of own data."""
        from ..connecting import offer_connection
        from ..own_data import offer_own_data
        from .connecting import KIND
        from .part import PART

        offer_own_data(PART)
        offer_connection(KIND)
