"""An index over the few events without a key, by kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=models.Q(key=None), fields=["kind"], name="ledger_event_kind"),
        ),
    ]
