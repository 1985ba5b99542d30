"""Filled in by the room it is named after."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_grounds_requests_recall")]

    operations = []
