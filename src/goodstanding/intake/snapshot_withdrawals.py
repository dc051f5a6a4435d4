"""Feeds that state everything anew: what a file leaves out is withdrawn, unless too much would go at once.

What a source that became another had on file is its successor's, as soon as that states it too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.errors import BadDay
from goodstanding.intake.mapping.line_breaks import has_rows_over_lines
from goodstanding.ledger import store as ledger
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage
from goodstanding.procedure.authority_tree import AuthorityTree
from goodstanding.register.files.point_in_time import find_newest_statement_day
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.types import TEXT, build_schema
from goodstanding.standing.sql_text import quote_literal
from goodstanding.table_engine import open_table_engine

if TYPE_CHECKING:
    from goodstanding.intake.feed_sheet import Batch, IngestResult

_MEMORY = "100MB"  # what is more goes to the disk meanwhile
_SURE = {IntakeMessage.ROW_REPEATED, IntakeMessage.ROW_FOUND_WRONG}  # refused, and yet certain which record is meant
_ON_FILE = """
SELECT record.source, record.reference, subject.region
FROM record
JOIN subject
  ON subject.id = record.subject_id
WHERE record.feed = {feed}
  AND record.replaced_at IS NULL
  AND {within}
"""
_SCOPES = """
SELECT on_file.scope, count(*)
FROM on_file
SEMI JOIN found ON found.scope = on_file.scope
GROUP BY on_file.scope
"""
_NOT_STATED = """
WITH stated AS (
  SELECT now, reference, bool_or(good) AS good
  FROM found
  GROUP BY ALL
)
SELECT on_file.source, on_file.reference, on_file.scope, stated.good IS NOT NULL AS taken_over
FROM on_file
ANTI JOIN found AS same ON same.source = on_file.source AND same.reference = on_file.reference
LEFT JOIN stated ON stated.now = on_file.now AND stated.reference = on_file.reference
WHERE (stated.good AND on_file.source <> on_file.now)
  OR (stated.good IS NULL AND on_file.scope IN (SELECT scope FROM found))
ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class WithdrawalPlan:
    """What a file withdraws, by source and reference: what it leaves out, and what a successor takes over."""

    omitted: tuple[tuple[str, str], ...] = ()
    taken_over: tuple[tuple[str, str], ...] = ()
    notes: tuple[Message, ...] = ()


def refuse_if_older_than_newest(feed: Feed, stated: date, sources: Collection[str]) -> None:
    """A statement older than the newest one on file about one of its sources says nothing about now: raises BadDay."""
    newest = find_newest_statement_day(feed.feed)
    if newest and stated < newest and (newest_of_sources := find_newest_statement_day(feed.feed, stated, sources)):
        params = {"feed": feed.feed, "newest": newest_of_sources, "day": stated}
        raise BadDay(Message(SubmissionMessage.STATED_LATER, params))


def list_sources(findings: pa.Table) -> list[str]:
    """The sources that stand in a file, each once."""
    return sorted(findings.column("source").drop_null().unique().to_pylist())


def withdraw_omitted_records(batch: Batch, findings: pa.Table, intake: IngestResult) -> IngestResult:
    """Withdraws the findings that a whole statement leaves out, and those that a successor takes over; says so."""
    plan = plan_withdrawals(batch, findings)
    drafts = list(_build_withdrawal_drafts(batch, plan))
    appended = ledger.append(drafts, batch.recorded_at, load_signer()) if drafts else None
    done = appended.issued + appended.corrected if appended else 0
    return replace(intake, withdrawn=done, notes=(*intake.notes, *plan.notes))


def plan_withdrawals(batch: Batch, findings: pa.Table) -> WithdrawalPlan:
    """What a file withdraws, and why it withdraws nothing of what it seems to leave out.

    Whoever sends for itself alone leaves out nothing of another source; mended rows that come back leave out nothing.
    """
    tree = load_authority_tree()
    is_whole = batch.feed.whole is not None and not batch.sheet.is_part
    if not is_whole and not tree.successors:
        return WithdrawalPlan()
    missing, on_file_by_scope = _list_missing_records(batch, findings, tree)
    taken_over = tuple((source, reference) for source, reference, _scope, taken in missing if taken)
    omitted = [(source, reference, scope) for source, reference, scope, taken in missing if is_whole and not taken]
    notes = (Message(IntakeMessage.TAKEN_OVER, {"number": len(taken_over)}),) if taken_over else ()
    return _refuse_too_many(batch, findings, omitted, on_file_by_scope, WithdrawalPlan((), taken_over, notes))


def _refuse_too_many(
    batch: Batch,
    findings: pa.Table,
    omitted: list[tuple[str, str, str]],
    on_file_by_scope: dict[str, int],
    plan: WithdrawalPlan,
) -> WithdrawalPlan:
    """The plan with what may go: what was put aside may be what seems left out, and a mistake would be too much."""
    share = batch.feed.whole.withdraw_at_most if batch.feed.whole else 0
    most = {scope: max(1, int(count * share)) for scope, count in on_file_by_scope.items()}
    omitted_by_scope = Counter(scope for _source, _reference, scope in omitted)
    spared = {scope for scope, count in omitted_by_scope.items() if count > most[scope]}
    if (code := _find_doubt(batch, findings)) and omitted:
        params = {"omitted": len(omitted), "on_file": sum(on_file_by_scope.values())}
        return replace(plan, notes=(*plan.notes, Message(code, params)))
    notes = []
    for code, scopes in (
        (IntakeMessage.OMITTED_TOO_MANY, spared),
        (IntakeMessage.OMITTED_WITHDRAWN, omitted_by_scope.keys() - spared),
    ):
        counts = [sum(numbers[scope] for scope in scopes) for numbers in (omitted_by_scope, on_file_by_scope, most)]
        if scopes:
            notes.append(Message(code, dict(zip(("omitted", "on_file", "most"), counts, strict=True))))
    going = tuple((source, reference) for source, reference, scope in omitted if scope not in spared)
    return replace(plan, omitted=going, notes=(*plan.notes, *notes))


def _find_doubt(batch: Batch, findings: pa.Table) -> IntakeMessage | None:
    """Why nobody knows what a file leaves out; nothing where it is certain."""
    has_nameless_rows = bool(findings.column("reference").null_count or findings.column("source").null_count)
    if batch.sheet.broken or has_nameless_rows or has_rows_over_lines(findings):
        return IntakeMessage.OMITTED_UNREADABLE
    return IntakeMessage.OMITTED_UNSURE if _has_unsure_rows(batch.feed, findings) else None


def _has_unsure_rows(feed: Feed, findings: pa.Table) -> bool:
    """Whether a row was put aside for what says which record it is: then it may be any record."""
    problems = pc.list_flatten(findings.column("problems"))
    parts = zip(("column", "code"), (feed.naming_columns(), _SURE), strict=True)
    names, sure = (pc.is_in(pc.struct_field(problems, part), pa.array(texts, pa.string())) for part, texts in parts)
    return bool(pc.any(pc.and_not(names, sure)).as_py())


def _select_rows_of(findings: pa.Table, source: str) -> pa.Table:
    """What whoever sends for itself alone says; of a row without a source nobody knows."""
    own = pc.fill_null(pc.equal(findings.column("source"), source), True)
    return findings.filter(own) if source else findings


def _list_missing_records(
    batch: Batch, findings: pa.Table, tree: AuthorityTree
) -> tuple[list[tuple[str, str, str, bool]], dict[str, int]]:
    """Each record that a file does not state, its scope, and whether a successor does; how many each scope has."""
    own_sources = ", ".join(map(quote_literal, sorted(tree.formerly(batch.source))))
    within = f"record.source IN ({own_sources})" if batch.source else "TRUE"
    scope = batch.feed.whole.per if batch.feed.whole else "source"
    with open_column_store() as store:
        statement = _ON_FILE.format(feed=quote_literal(batch.feed.feed), within=within)
        on_file = store.read(statement, build_schema(source=TEXT, reference=TEXT, region=TEXT))
    good = pc.equal(pc.list_value_length(findings.column("problems")), 0)
    stated = findings.select(["source", "reference", "region"]).append_column("good", good)
    rows = on_file.num_rows + findings.num_rows
    with TemporaryDirectory() as aside, open_table_engine(rows, _MEMORY, aside) as duck:
        duck.register("on_file", _add_scopes(on_file, tree, scope))
        duck.register("found", _add_scopes(_select_rows_of(stated, batch.source), tree, scope))
        return duck.sql(_NOT_STATED).fetchall(), dict(duck.sql(_SCOPES).fetchall())


def _add_scopes(table: pa.Table, tree: AuthorityTree, scope: str) -> pa.Table:
    """The rows with the office that each one's source is now, and with what a file is whole per."""
    offices = table.column("source").combine_chunks().dictionary_encode()
    now = [source and tree.now(source) for source in offices.dictionary.to_pylist()]
    table = table.append_column("now", pa.array(now, pa.string()).take(offices.indices))
    return table.append_column("scope", table.column("now" if scope == "source" else "region"))


def _build_withdrawal_drafts(batch: Batch, plan: WithdrawalPlan) -> Iterator[ledger.EventDraft]:
    for source, reference in plan.omitted:
        reason = f"left out of {batch.sheet.file}, which states everything anew"
        yield _build_withdrawal_draft(batch, source, reference, reason)
    for source, reference in plan.taken_over:
        reason = f"stated in {batch.sheet.file} by the source that took the place of this one"
        yield _build_withdrawal_draft(batch, source, reference, reason)


def _build_withdrawal_draft(batch: Batch, source: str, reference: str, reason: str) -> ledger.EventDraft:
    content = {
        "catalogue": batch.catalogue.name,
        "record": batch.feed.record,
        "source": source,
        "reference": reference,
        "stated": batch.stated.isoformat(),
        "reason": reason,
    }
    digest = hashlib.sha256(b"withdrawn").digest()
    return ledger.EventDraft(
        EventKind.RECORD_WITHDRAWN,
        content,
        f"{source} {batch.feed.record} {reference}",
        digest,
        EventKind.RECORD_WITHDRAWN,
    )
