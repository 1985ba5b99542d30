from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "portal.registers.berichten"
    label = "berichten"

    def ready(self) -> None:
        """Messages have a part of the overview, and pages."""
        from ..sections import offer
        from .section import SECTION

        offer(SECTION)
