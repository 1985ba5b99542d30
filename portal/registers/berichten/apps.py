from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "portal.registers.berichten"
    label = "berichten"

    def ready(self) -> None:
        """Messages have a part of the overview, and pages."""
        from ..connecting import offer_connection
        from ..sections import offer
        from .connecting import KIND
        from .section import SECTION

        offer(SECTION)
        offer_connection(KIND)
