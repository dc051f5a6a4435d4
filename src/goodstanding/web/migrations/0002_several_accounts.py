"""A person may have several accounts: those that there are move to a table in which that is so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLES = [
    (role, role)
    for role in (
        "subject", "source", "decider", "appeal", "overseer", "recipient", "relying-party", "applicant",
    )
]  # fmt: skip


def move(apps, schema_editor):
    """Every account as it was."""
    before, after = apps.get_model("web", "OneAccount"), apps.get_model("web", "Account")
    alias = schema_editor.connection.alias
    held = before.objects.using(alias).order_by("user_id")
    after.objects.using(alias).bulk_create(after(user_id=one.user_id, role=one.role, scope=one.scope) for one in held)


class Migration(migrations.Migration):
    """The table of accounts made anew, with what was in it."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("web", "0001_initial"),
    ]

    operations = [
        migrations.RenameModel("Account", "OneAccount"),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.TextField(choices=ROLES)),
                ("scope", models.TextField(blank=True, default="")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "role", "scope"), name="web_account_once"),
                ],
            },
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel("OneAccount"),
    ]
