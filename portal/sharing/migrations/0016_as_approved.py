"""An approval says what residents would read: what was approved before says nothing, and is asked again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0015_ends_in_the_calendar'),
    ]

    operations = [
        migrations.AddField(
            model_name='purposereview',
            name='content_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
