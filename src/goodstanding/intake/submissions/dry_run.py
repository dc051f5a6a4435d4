"""What would become of a file, had it been taken in: counted against the ledger, and nothing written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import pyarrow as pa

from goodstanding.intake.feed_sheet import IngestResult
from goodstanding.intake.ingest import build_drafts, split_accepted_and_refused
from goodstanding.intake.mapping.value_sql import render_column_names
from goodstanding.intake.problems import RowProblem
from goodstanding.intake.quarantine.probable_repeats import mark_probable_repeats
from goodstanding.intake.quarantine.unclear_cases import mark_unclear_cases
from goodstanding.intake.snapshot_withdrawals import plan_withdrawals
from goodstanding.intake.submissions.statements import AT_ONCE, SubmittedStatement
from goodstanding.ledger import store as ledger
from goodstanding.ledger.models import Event

FIRST = 10
MOST_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class DryRunResult:
    """The counts of a file, the problems of each refused row, and the first findings as their events would say them."""

    intake: IngestResult
    refused: Mapping[int, list[RowProblem]]
    first: tuple[Mapping[str, Any], ...]


def run_dry(statement: SubmittedStatement) -> DryRunResult:
    """What `ingest.ingest_batch` would give for the same statement now."""
    batch = statement.batch
    records, notes = mark_probable_repeats(statement.records, render_column_names(batch.feed.reference))
    records = mark_unclear_cases(records, batch.feed, batch.catalogue)
    good, refused_rows = split_accepted_and_refused(records)
    refused = dict(refused_rows.items())
    problems = [problem for problems_of_row in refused.values() for problem in problems_of_row]
    problems += [broken_line.problem for broken_line in batch.sheet.broken]
    plan = plan_withdrawals(batch, records)
    rows, broken = batch.sheet.table.num_rows, len(batch.sheet.broken)
    intake = IngestResult(
        batch.feed.feed,
        batch.sheet.file,
        batch.stated,
        rows + broken,
        withdrawn=len(plan.omitted) + len(plan.taken_over),
        quarantined=len(refused) + broken,
        size=ledger.get_ledger_size(),
        notes=(*batch.sheet.notes, *notes, *plan.notes),
        problems=tuple(problems[:MOST_PROBLEMS]),
    )
    return DryRunResult(
        _count_outcomes(intake, good), refused, tuple(map(_parse_draft_body, islice(build_drafts(good), FIRST)))
    )


def _count_outcomes(intake: IngestResult, good: pa.Table) -> IngestResult:
    keys_and_digests = list(zip(good.column("key").to_pylist(), good.column("digest").to_pylist(), strict=True))
    newest_digests: dict[str, bytes] = {}
    for start in range(0, len(keys_and_digests), AT_ONCE):
        batch_keys = [key for key, _digest in keys_and_digests[start : start + AT_ONCE]]
        versions = Event.objects.filter(key__in=batch_keys).order_by("version").values_list("key", "digest")
        newest_digests |= {key: bytes(digest) for key, digest in versions}
    unchanged = sum(newest_digests.get(key) == bytes.fromhex(digest) for key, digest in keys_and_digests)
    known_count = sum(key in newest_digests for key, _digest in keys_and_digests)
    return replace(
        intake, issued=len(keys_and_digests) - known_count, corrected=known_count - unchanged, unchanged=unchanged
    )


def _parse_draft_body(draft: ledger.EventDraft) -> Mapping[str, Any]:
    assert isinstance(draft.content, ledger.CanonicalBody)
    return json.loads(draft.content.body(draft.kind, None))
