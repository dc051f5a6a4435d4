"""What erasures have yet to wash out of the files."""

from django.db import migrations, models

from goodstanding.ledger.models import Position


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_event_kind")]

    operations = [
        migrations.CreateModel(
            name="Leftover",
            fields=[
                ("position", Position(primary_key=True, serialize=False)),
                ("files", models.TextField(default="[]")),
            ],
        ),
    ]
