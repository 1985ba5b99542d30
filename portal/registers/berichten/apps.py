from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "portal.registers.berichten"
    label = "berichten"

    def ready(self) -> None:
        """Messages have a part of the overview, pages, and a part of each case's page."""
        from ..about_case import offer_about_case
        from ..connecting import offer_connection
        from ..sections import offer
        from .connecting import KIND
        from .section import ABOUT_CASE, SECTION

        offer(SECTION)
        offer_connection(KIND)
        offer_about_case(ABOUT_CASE)
