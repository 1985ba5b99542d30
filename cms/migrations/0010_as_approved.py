"""An approval says what was approved, by its hash."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0009_importing'),
    ]

    operations = [
        migrations.AddField(
            model_name='librarypurposereview',
            name='content_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
