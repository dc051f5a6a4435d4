"""What would become of a file, had it been taken in: counted against the ledger, and nothing written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import pyarrow as pa

from goodstanding.ledger import store as ledger
from goodstanding.ledger.models import Event
from goodstanding.register import withdrawals
from goodstanding.register.intake import Intake, drafts, parted
from goodstanding.register.quarantine import Problem
from goodstanding.register.stating import AT_ONCE, Statement

FIRST = 10
MOST_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class Preview:
    """The counts of a file, the problems of each refused row, and the first findings as their events would say them."""

    intake: Intake
    refused: Mapping[int, list[Problem]]
    first: tuple[Mapping[str, Any], ...]


def preview(statement: Statement) -> Preview:
    """What `intake.take_in` would give for the same statement now."""
    batch = statement.batch
    good, refused = parted(statement.found)
    problems = [problem for row in sorted(refused) for problem in refused[row]]
    problems += [Problem(one.row, "", one.reason) for one in batch.sheet.broken]
    gone, note = withdrawals.planned(batch, statement.found)
    rows, broken = batch.sheet.table.num_rows, len(batch.sheet.broken)
    intake = Intake(
        batch.feed.feed,
        batch.sheet.file,
        batch.stated,
        rows + broken,
        withdrawn=len(gone),
        quarantined=len(refused) + broken,
        size=ledger.size(),
        notes=(note,) if note else (),
        problems=tuple(problems[:MOST_PROBLEMS]),
    )
    return Preview(_counted(intake, good), refused, tuple(map(_said, islice(drafts(good), FIRST))))


def _counted(intake: Intake, good: pa.Table) -> Intake:
    given = list(zip(good.column("key").to_pylist(), good.column("digest").to_pylist(), strict=True))
    held: dict[str, bytes] = {}
    for start in range(0, len(given), AT_ONCE):
        some = [key for key, _digest in given[start : start + AT_ONCE]]
        found = Event.objects.filter(key__in=some).order_by("version").values_list("key", "digest")
        held |= {key: bytes(digest) for key, digest in found}
    unchanged = sum(held.get(key) == bytes.fromhex(digest) for key, digest in given)
    known = sum(key in held for key, _digest in given)
    return replace(intake, issued=len(given) - known, corrected=known - unchanged, unchanged=unchanged)


def _said(draft: ledger.Draft) -> Mapping[str, Any]:
    assert isinstance(draft.content, ledger.Canonical)
    return json.loads(draft.content.body(draft.kind, None))
