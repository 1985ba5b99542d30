from django.apps import AppConfig


class UsageConfig(AppConfig):
    name = "portal.usage"
    label = "usage"

    def ready(self) -> None:
        """Who signs in for another stands among the uses of that other."""
        from portal.accounts.coming_for_another import when_somebody_comes_for_another

        from .represented import write_down

        when_somebody_comes_for_another(write_down)
