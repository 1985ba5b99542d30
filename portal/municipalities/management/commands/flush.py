"""`flush`, as the owner: the application role may not truncate."""

from typing import Any

from django.core.management.commands.flush import Command as Flush

from portal.municipalities.postgresql.roles import as_owner


class Command(Flush):
    def handle(self, **options: Any) -> None:
        with as_owner(options["database"]):
            super().handle(**options)
