"""The ledger's tables."""

from django.db import migrations, models

from goodstanding.ledger.models import Position


class Migration(migrations.Migration):
    """Events, tiles and checkpoints."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", Position(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("recorded_at", models.TextField()),
            ],
            options={"indexes": [models.Index(fields=["recorded_at"], name="ledger_checkpoint_recorded_at")]},
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                ("pk", models.CompositePrimaryKey("level", "index", blank=True, editable=False, primary_key=True, serialize=False)),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hashes", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("position", Position(primary_key=True, serialize=False)),
                ("recorded_at", models.TextField()),
                ("kind", models.TextField()),
                ("key", models.TextField(null=True)),
                ("version", models.IntegerField(null=True)),
                ("digest", models.BinaryField(null=True)),
                ("body", models.TextField(null=True)),
                ("salt", models.BinaryField(null=True)),
                ("commitment", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["key", "version"], name="ledger_event_key_version")]
            },
        ),
    ]
