"""The ledger's tables. Rows are only ever added, but for the tiles at the tree's right edge and for what is erased.

`store` and `erasure` write them and nothing else does; Django only makes the tables and migrates them.
"""

from __future__ import annotations

from typing import Any

from django.db import models


class Position(models.BigIntegerField):
    """A place in the ledger, counted from 0; on SQLite the row's own number, so that reading by it needs no index."""

    def db_type(self, connection: Any) -> str:
        """`integer` on SQLite, where only that word makes the column the row's number."""
        return "integer" if connection.vendor == "sqlite" else "bigint"


class Event(models.Model):
    """One fact: its body and salt (both gone once erased), the commitment that stays, and what finds its key again."""

    position = Position(primary_key=True)
    recorded_at = models.TextField()
    kind = models.TextField()
    key = models.TextField(null=True)
    version = models.IntegerField(null=True)
    digest = models.BinaryField(null=True)
    body = models.TextField(null=True)
    salt = models.BinaryField(null=True)
    commitment = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="ledger_event_key_version")]
        indexes = [models.Index(fields=["kind"], condition=models.Q(key=None), name="ledger_event_kind")]


class Tile(models.Model):
    """Up to 256 hashes of neighbouring nodes, 32 bytes each; narrower only at the tree's right edge."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()


class Checkpoint(models.Model):
    """The tree as it was signed after an append: size, root, the note itself and when."""

    size = Position(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    recorded_at = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["recorded_at"], name="ledger_checkpoint_recorded_at")]


class Leftover(models.Model):
    """An erasure, by the position of its event, of which something may still stand outside the rows it destroyed.

    `files` are the digests of evidence files to be destroyed, as a JSON list.
    """

    position = Position(primary_key=True)
    files = models.TextField(default="[]")
