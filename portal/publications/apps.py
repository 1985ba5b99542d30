from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "portal.publications"
    label = "publications"

    def ready(self) -> None:
        """What nobody said yes to is forgotten; an address that does not exist is no longer mailed."""
        from portal.municipalities.turns import at_each_turn
        from portal.notices.returns import also_comes_back

        from .subscribing import forget_unconfirmed, stop_bounced

        at_each_turn(forget_unconfirmed)
        also_comes_back(stop_bounced)
