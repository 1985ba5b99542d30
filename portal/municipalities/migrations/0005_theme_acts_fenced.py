from django.db import migrations

from portal.municipalities.migrations_tenant import TenantTable


class Migration(migrations.Migration):
    """A table of a municipality's own, made without its policy: every municipality could read it."""

    dependencies = [
        ('municipalities', '0004_themes'),
    ]

    operations = [
        TenantTable("municipalities", "ThemeAct"),
    ]
