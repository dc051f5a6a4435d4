"""What does not go into the ledger: rows that were refused, and what sources sent in, with what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Quarantined(models.Model):
    """A row, or a whole file (row is None), that was refused; `cells` are the clerk's own columns as JSON.

    `dismissal` is the reason for which somebody gave it up.
    """

    feed = models.TextField()
    file = models.TextField()
    digest = models.BinaryField(max_length=32)
    row = models.BigIntegerField(null=True)
    stated = models.DateField(null=True)
    problems = models.TextField()
    cells = models.TextField()
    received_at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.TextField(default="")
    dismissal = models.TextField(default="")

    class Meta:
        db_table = "quarantined"
        constraints: ClassVar = [models.UniqueConstraint(fields=["feed", "digest"], name="quarantined_once")]


class Sending(models.Model):
    """What a source sent in: which way, by whom (a clerk or a key), and, once it was taken in, what became of it.

    `asked` says whether the same was asked before under one `idempotency` key; `position` is a record's own event, for
    one that was entered by itself.
    """

    id = models.TextField(primary_key=True)
    source = models.TextField()
    feed = models.TextField()
    way = models.TextField()
    by = models.TextField()
    file = models.TextField(default="")
    stated = models.DateField()
    idempotency = models.TextField(null=True)
    asked = models.TextField(default="")
    digest = models.TextField(default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    position = models.BigIntegerField(null=True)
    answer = models.TextField(default="")

    class Meta:
        db_table = "sending"
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "idempotency"], name="sending_once")]
        indexes: ClassVar = [models.Index(fields=["source", "-opened_at"], name="sending_newest")]


class SendingPart(models.Model):
    """A numbered part of a submission that is still open: its rows, a line each, and the digest of what was sent."""

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="parts")
    number = models.IntegerField()
    digest = models.TextField()
    rows = models.IntegerField()
    content = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "sending_part"
        constraints: ClassVar = [models.UniqueConstraint(fields=["sending", "number"], name="sending_part_once")]


class SeenNonce(models.Model):
    """A nonce that a key has signed with, for as long as a signature with it would not be too old."""

    key = models.TextField()
    nonce = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "seen_nonce"
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "nonce"], name="seen_nonce_once")]
