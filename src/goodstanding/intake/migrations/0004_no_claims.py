"""Sendings have no time at which they were claimed: the database's own lock says who takes one in."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("register", "0003_dismissals"),
    ]

    operations = [
        migrations.RemoveField("sending", "claimed_at"),
    ]
