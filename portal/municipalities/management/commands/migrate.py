"""`migrate`, as the owner; afterwards the application role gets its rows."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from portal.municipalities.postgresql.roles import as_owner, grant_to_application


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]):
            super().handle(*args, **options)
            if not options.get("check_unapplied") and not options.get("plan"):
                grant_to_application(options["database"])
