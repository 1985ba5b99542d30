from django.apps import AppConfig


class ReisdocumentenConfig(AppConfig):
    name = "portal.registers.reisdocumenten"
    label = "reisdocumenten"

    def ready(self) -> None:
        """Travel documents have a part of the page of own data."""
        from ..own_data import offer_own_data
        from .part import PART

        offer_own_data(PART)
