"""What was erased, without what it said."""

from django.db import migrations, models

import goodstanding.ledger.models


class Migration(migrations.Migration):
    dependencies = [("projection", "0003_hearings")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("position", goodstanding.ledger.models.Position(primary_key=True, serialize=False)),
                ("beside", models.BigIntegerField(db_index=True, null=True)),
                ("erased_at", models.BigIntegerField()),
                ("day", models.DateField()),
                ("code", models.TextField()),
                ("law", models.TextField()),
                ("article", models.TextField()),
            ],
            options={"db_table": "erasure"},
        ),
    ]
