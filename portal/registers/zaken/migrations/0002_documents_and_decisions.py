from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('zaken', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='heardof', name='a_status_is_heard_of_once'),
        migrations.RenameField(model_name='heardof', old_name='status', new_name='news'),
        migrations.AddField(
            model_name='heardof',
            name='what',
            field=models.CharField(choices=[('status', 'Status'), ('document', 'Document'), ('decision', 'Decision')], default='status', max_length=8),
        ),
        migrations.AlterField(model_name='heardof', name='zaak', field=models.UUIDField(null=True)),
        migrations.AddConstraint(
            model_name='heardof',
            constraint=models.UniqueConstraint(fields=('municipality', 'connection', 'news'), name='news_is_heard_of_once'),
        ),
    ]
