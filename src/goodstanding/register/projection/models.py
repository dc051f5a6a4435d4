"""Tables that a fold over the ledger gives. Nothing durable points into them; every row names the event behind it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from goodstanding.ledger.models import Position


class RowNumber(models.BigAutoField):
    """A number that the database gives to a row, and that nothing points to; a number may come again."""

    def db_type_suffix(self, connection: Any) -> str | None:
        """No AUTOINCREMENT on SQLite, which writes every number that was given into a table of its own."""
        return None if connection.vendor == "sqlite" else super().db_type_suffix(connection)


class Subject(models.Model):
    """Somebody with a file; `id` is the position of the event that opened it."""

    id = Position(primary_key=True)
    kind = models.TextField()
    name = models.TextField()
    names = models.TextField()
    searchable = models.TextField()
    region = models.TextField()
    sector = models.TextField()

    class Meta:
        db_table = "subject"
        indexes: ClassVar = [
            models.Index(fields=["region"], name="subject_region"),
            models.Index(fields=["sector"], name="subject_sector"),
        ]


class Identifier(models.Model):
    """`scheme:value`, and whose it is."""

    text = models.TextField(primary_key=True)
    subject_id = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "identifier"


class Record(models.Model):
    """What a source stated, at one ledger position; `replaced_at` is the position of what took its place."""

    position = Position(primary_key=True)
    subject_id = models.BigIntegerField(db_index=True)
    event = models.TextField()
    catalogue = models.TextField()
    record = models.TextField()
    source = models.TextField()
    reference = models.TextField()
    version = models.IntegerField()
    about = models.TextField(null=True)
    occurred = models.DateField()
    stated = models.DateField()
    fields = models.TextField()
    published = models.TextField(null=True)
    feed = models.TextField()
    row = models.BigIntegerField(null=True)
    replaced_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "record"
        indexes: ClassVar = [models.Index(fields=["reference", "source"], name="record_reference")]


class CaseInterval(models.Model):
    """What a step of a case started: from, to, and what comes then."""

    id = RowNumber(primary_key=True)
    case_position = models.BigIntegerField()
    subject_id = models.BigIntegerField(db_index=True)
    catalogue = models.TextField()
    kind = models.TextField()
    name = models.TextField()
    stage = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    audience = models.TextField()
    because = models.TextField()
    then = models.TextField()
    why = models.TextField()

    class Meta:
        db_table = "case_interval"


class Effect(models.Model):
    """A measure that holds for a subject and an audience from a day to a day, because of named records."""

    id = RowNumber(primary_key=True)
    subject_id = models.BigIntegerField(db_index=True)
    catalogue = models.TextField()
    version = models.BigIntegerField()
    measure = models.TextField()
    kind = models.TextField()
    audience = models.TextField()
    value = models.TextField(null=True)
    score = models.BigIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    because = models.TextField()
    why = models.TextField()

    class Meta:
        db_table = "effect"
        indexes: ClassVar = [models.Index(fields=["measure", "value", "valid_from"], name="effect_measure")]


class Enactment(models.Model):
    """A catalogue put into force by an event of the ledger."""

    position = Position(primary_key=True)
    catalogue = models.TextField()
    version = models.IntegerField()
    digest = models.TextField()
    day = models.DateField()

    class Meta:
        db_table = "enactment"


class Statement(models.Model):
    """A file of a feed, as received: its day, its digest and what became of its rows."""

    position = Position(primary_key=True)
    catalogue = models.TextField()
    feed = models.TextField()
    file = models.TextField()
    digest = models.TextField()
    stated = models.DateField()
    counts = models.TextField()

    class Meta:
        db_table = "statement"


class Progress(models.Model):
    """The ledger size these tables reflect; one row."""

    id = RowNumber(primary_key=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        db_table = "progress"


class Hearing(models.Model):
    """A case heard in this register, opened by an event: whose, under which rules, from which source, about what."""

    position = Position(primary_key=True)
    subject_id = models.BigIntegerField(db_index=True)
    catalogue = models.TextField()
    listed = models.TextField()
    source = models.TextField(db_index=True)
    act = models.TextField()
    about = models.BigIntegerField(null=True)
    code = models.TextField()

    class Meta:
        db_table = "hearing"


class HearingAct(models.Model):
    """What somebody did in a case: as much of the event as the state of the case follows from."""

    position = Position(primary_key=True)
    case_position = models.BigIntegerField(db_index=True)
    act = models.TextField()
    day = models.DateField()
    person = models.TextField()
    office = models.TextField()
    upheld = models.BigIntegerField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "hearing_act"


class HearingSpan(models.Model):
    """A span of a case: its phase, from, to, what follows if nobody acts; whether it binds, how much it lifts."""

    id = RowNumber(primary_key=True)
    case_position = models.BigIntegerField(db_index=True)
    subject_id = models.BigIntegerField(db_index=True)
    catalogue = models.TextField()
    source = models.TextField()
    listed = models.TextField()
    phase = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    then = models.TextField()
    binds = models.BigIntegerField()
    lifts = models.BigIntegerField()

    class Meta:
        db_table = "hearing_span"
        indexes: ClassVar = [
            models.Index(fields=["source", "phase", "valid_to", "valid_from"], name="hearing_span_queue"),
        ]


class Erasure(models.Model):
    """An event that was erased: by the event at `erased_at`, why, on which law; `beside` is a record of the same file.

    Nothing says whose it was once no record is left beside it.
    """

    position = Position(primary_key=True)
    beside = models.BigIntegerField(null=True, db_index=True)
    erased_at = models.BigIntegerField()
    day = models.DateField()
    code = models.TextField()
    law = models.TextField()
    article = models.TextField()

    class Meta:
        db_table = "erasure"
