"""What could not go into the ledger: kept with its reason and its original content until somebody mends it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Quarantined(models.Model):
    """A row, or a whole file (row is None), that was refused; `cells` are the clerk's own columns as JSON."""

    feed = models.TextField()
    file = models.TextField()
    digest = models.BinaryField(max_length=32)
    row = models.BigIntegerField(null=True)
    stated = models.DateField(null=True)
    problems = models.TextField()
    cells = models.TextField()
    received_at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "quarantined"
        constraints: ClassVar = [models.UniqueConstraint(fields=["feed", "digest"], name="quarantined_once")]
