"""No end lies past the calendar: PostgreSQL keeps such moments, but no page, export or worker can read them."""

import datetime

import django.db.models.expressions
from django.db import migrations, models
from django.db.models import F

from portal.municipalities.acting import acting_for

TEN_YEARS = datetime.timedelta(days=3653)
FURTHEST = datetime.datetime(9000, 1, 1, tzinfo=datetime.timezone.utc)


def bring_back_into_the_calendar(apps, schema_editor):
    """What was asked for longer ends after ten years.

    A yes that nobody could read ends just before the furthest. Its values were sealed with the end that it
    had, so they are read by nobody any more; the resident can stop it.
    """
    requests, grants = apps.get_model("sharing", "Request"), apps.get_model("sharing", "Grant")
    last = F("created") + TEN_YEARS
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come is not altered
    schema_editor.execute("ALTER TABLE sharing_grant DISABLE TRIGGER a_grant_only_ends")
    for municipality in apps.get_model("municipalities", "Municipality").objects.all():
        with acting_for(municipality):
            mine = requests.objects.filter(municipality=municipality)
            mine.filter(wanted_until__gt=last).update(wanted_until=last)
            mine.filter(expires__gt=last).update(expires=last)
            too_far = grants.objects.filter(municipality=municipality, until__gte=FURTHEST)
            too_far.update(until=FURTHEST - datetime.timedelta(days=1))
    schema_editor.execute("ALTER TABLE sharing_grant ENABLE TRIGGER a_grant_only_ends")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_let_in_before'),
        ('municipalities', '0006_closed'),
        ('sharing', '0014_terms_end'),
    ]

    operations = [
        migrations.RunPython(bring_back_into_the_calendar, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__lt', FURTHEST), _connector='OR'), name='grant_ends_in_the_calendar'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('expires__lte', django.db.models.expressions.CombinedExpression(models.F('created'), '+', models.Value(TEN_YEARS))), models.Q(('wanted_until', None), ('wanted_until__lte', django.db.models.expressions.CombinedExpression(models.F('created'), '+', models.Value(TEN_YEARS))), _connector='OR')), name='request_ends_within_ten_years'),
        ),
    ]
