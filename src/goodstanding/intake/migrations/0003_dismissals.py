"""Why somebody gave up what waits in quarantine."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("register", "0002_sendings"),
    ]

    operations = [
        migrations.AddField("quarantined", "dismissed_at", models.DateTimeField(null=True)),
        migrations.AddField("quarantined", "dismissed_by", models.TextField(default="")),
        migrations.AddField("quarantined", "dismissal", models.TextField(default="")),
    ]
