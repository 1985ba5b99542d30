"""Receipts that go by post stand in the queue of all letters; see `portal.notices.letters`."""

from django.db import migrations

from portal.municipalities.acting import acting_for

TOLD_AS = {"given": "given", "withdrawn": "stopped", "erased": "expired"}


def move(apps, schema_editor):
    """Each receipt that was queued becomes a letter of its act's notice, with no address yet."""
    models = {name: apps.get_model("notices", name) for name in ("Notice", "Letter")}
    for municipality in apps.get_model("municipalities", "Municipality").objects.all():
        with acting_for(municipality):
            queued = apps.get_model("counter", "Letter").objects.filter(municipality=municipality)
            for old in queued.select_related("grant"):
                _moved(apps, models, municipality, old)


def _moved(apps, models, municipality, old):
    receipt = apps.get_model("sharing", "Receipt").objects.filter(grant=old.grant, act=old.act).first()
    if receipt is None:
        return  # its proof is over: there is nothing to print
    kind = TOLD_AS.get(old.act, "stopped")
    notice, _made = models["Notice"].objects.get_or_create(
        municipality=municipality,
        kind=kind,
        cause=old.grant_id,
        defaults={
            "subject_id": old.grant.subject_id,
            "state": "by_letter",
            "made": old.queued,
            "due": old.queued,
        },
    )
    models["Letter"].objects.create(
        municipality=municipality,
        notice=notice,
        subject_id=old.grant.subject_id,
        kind=kind,
        receipt=receipt.id,
        state="sent" if old.sent else "queued",
        queued=old.queued,
        sent=old.sent,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("counter", "0001_initial"),
        ("municipalities", "0001_initial"),
        ("notices", "0002_one_queue_of_letters"),
        ("sharing", "0009_monthly_keys"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="Letter"),
    ]
