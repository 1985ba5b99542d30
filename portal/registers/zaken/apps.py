from django.apps import AppConfig


class ZakenConfig(AppConfig):
    name = "portal.registers.zaken"
    label = "zaken"

    def ready(self) -> None:
        """Cases have a part of the overview, and pages."""
        from ..sections import offer
        from .section import SECTION

        offer(SECTION)
