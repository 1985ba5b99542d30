"""The numbers of receipts, which never change."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from portal.municipalities.migrations_tenant import TenantTable

NEVER_CHANGES = (
    "CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON sharing_receipt"
    " FOR EACH ROW EXECUTE FUNCTION refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0001_initial"), ("sharing", "0004_ledger")]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("act", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                ("grant", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing.grant")),
                ("municipality", models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipalities.municipality")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "number"), name="one_receipt_a_number"),
                    models.UniqueConstraint(fields=("municipality", "grant", "act"), name="one_receipt_an_act"),
                ],
            },
        ),
        TenantTable("sharing", "Receipt"),
        migrations.RunSQL(NEVER_CHANGES, "DROP TRIGGER IF EXISTS never_changes ON sharing_receipt"),
    ]
