"""Intake: a feed's file becomes events, one a finding; what fails is put aside and holds nothing else up.

Each chunk is durable before the next begins, and a finding that is on file already changes nothing, so an ingest that
was cut off is simply run again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
from django.db import connections

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadDay, BadFile, BadInput
from goodstanding.ledger import store as ledger
from goodstanding.register import catalogues, kept_aside, mapping, quarantine, withdrawals
from goodstanding.register.opening import signer
from goodstanding.register.project import catch_up
from goodstanding.register.quarantine import Problem
from goodstanding.register.reading import Sheet, read
from goodstanding.register.store import indexes_later, rows

CHUNK = 10_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file: findings issued, corrected, unchanged, withdrawn; rows put aside; the ledger's size."""

    feed: str
    file: str
    stated: date
    rows: int
    issued: int = 0
    corrected: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    quarantined: int = 0
    size: int = 0
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), repr=False)


def ingest(
    file: Path,
    feed_name: str,
    recorded_at: datetime,
    stated: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Intake:
    """Takes in a file of a feed; a file that cannot be read is put aside as a whole and raised as BadFile."""
    catalogue, feed = catalogues.feed(feed_name)
    day = stated
    try:
        sheet = read(file)
        day = not_ahead(mapping.stated_day(file.name, stated, feed), recorded_at, file.name)
        withdrawals.refuse_older(feed, day)
        found = mapping.findings(sheet, feed, catalogue, day, file.parent)
    except (BadFile, BadDay) as error:
        if file.is_file() and not dry_run:
            quarantine.refuse_file(file.name, _digest(file), feed.feed, day, error.diagnostics(), recorded_at)
        raise
    return take_in(Batch(sheet, feed, catalogue, day, recorded_at), found, dry_run, progress)


def not_ahead(day: date, recorded_at: datetime, where: str) -> date:
    """The day on which something is stated; raises BadDay for one that has not come yet."""
    if day > recorded_at.date():
        raise BadDay(
            f"{day} has not come yet, so nothing can be stated on it.", where=where, remedy="a day up to today"
        )
    return day


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Signature:
    """What a source signed: the id of its key, the text and its signature in base64, the digests of the parts sent."""

    key: str
    base: str
    value: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """One sheet of one feed on its way in; `source` is whoever sent it for itself alone, `signature` how it signed."""

    sheet: Sheet
    feed: Feed
    catalogue: Catalogue
    stated: date
    recorded_at: datetime
    source: str = ""
    signature: Signature | None = None


def take_in(batch: Batch, found: pa.Table, dry_run: bool = False, progress: Progress | None = None) -> Intake:
    """Findings into the ledger, refused rows into quarantine, then the projection brought up to date."""
    tell = progress or (lambda what, done, total: None)
    good, refused = parted(found)
    intake = Intake(
        batch.feed.feed, batch.sheet.file, batch.stated, batch.sheet.table.num_rows + len(batch.sheet.broken)
    )
    problems = tuple(problem for row in sorted(refused) for problem in refused[row])
    problems += tuple(Problem(one.row, "", one.reason) for one in batch.sheet.broken)
    if dry_run:
        return replace(
            intake, quarantined=len(refused) + len(batch.sheet.broken), problems=problems[:1000], size=ledger.size()
        )
    put_aside = quarantine.refuse_rows(batch.sheet, batch.feed.feed, batch.stated, refused, batch.recorded_at)
    intake = replace(intake, quarantined=put_aside, problems=problems[:1000])
    with _much_is_new(good.num_rows):
        intake = _append(batch, good, intake, tell)
        _mended(batch, refused)
        catch_up(lambda done, total: tell("projecting", done, total))
    intake = withdrawals.withdraw(batch, found, intake)
    intake = replace(intake, size=_close(batch, intake))
    catch_up()
    return intake


def _mended(batch: Batch, refused: dict[int, list[Problem]]) -> None:
    """What waited and is mended now; a source that sends for itself mends its own rows only."""
    whose = batch.feed.source.reads() if batch.source else ()
    columns = (*whose, *batch.feed.reference.reads())
    within = f"{batch.source}/" if batch.source else ""
    quarantine.mended(batch.feed.feed, columns, batch.sheet, refused, batch.recorded_at, within)


def _much_is_new(findings: int) -> AbstractContextManager[None]:
    """Indexes are made at the end where more comes in than is on file: then nobody misses them meanwhile."""
    [(on_file,)] = rows("SELECT count(*) FROM subject")
    return indexes_later() if findings > max(on_file, CHUNK) else nullcontext()


def parted(found: pa.Table) -> tuple[pa.Table, dict[int, list[Problem]]]:
    """The findings without problems, and the problems of each row of the others."""
    import pyarrow.compute as pc

    found, refused = kept_aside.recognised(found)
    wrong = pc.greater(pc.list_value_length(found.column("problems")), 0)
    for one in found.filter(wrong).select(["rows", "problems"]).to_pylist():
        said = list(dict.fromkeys((p["column"], p["reason"], p["value"]) for p in one["problems"]))
        for row in one["rows"]:
            refused[row] = [Problem(row, column, reason, value) for column, reason, value in said]
    return found.filter(pc.invert(wrong)).drop_columns(["rows", "problems"]), refused


def _append(batch: Batch, good: pa.Table, intake: Intake, tell: Progress) -> Intake:
    """Appends chunk by chunk; what is durable is projected meanwhile by a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        projected: Future[int] | None = None
        for start in range(0, good.num_rows, CHUNK):
            appended = ledger.append(list(drafts(good.slice(start, CHUNK))), batch.recorded_at, signer())
            intake = _counted(intake, appended)
            tell("appending", min(start + CHUNK, good.num_rows), good.num_rows)
            if projected is None or projected.done():
                projected = _next(beside, projected)
        if projected:
            projected.result()
    return intake


def _next(beside: ThreadPoolExecutor, projected: Future[int] | None) -> Future[int]:
    if projected:
        projected.result()
    return beside.submit(_catch_up_beside)


def _catch_up_beside() -> int:
    try:
        return catch_up()
    finally:
        connections.close_all()


def _counted(intake: Intake, appended: ledger.Appended) -> Intake:
    return replace(
        intake,
        issued=intake.issued + appended.issued,
        corrected=intake.corrected + appended.corrected,
        unchanged=intake.unchanged + appended.unchanged,
        size=appended.size,
    )


def drafts(found: pa.Table) -> Iterator[ledger.Draft]:
    """One draft a finding."""
    columns = (found.column(name).to_pylist() for name in ("key", "before", "after", "digest"))
    for key, before, after, digest in zip(*columns, strict=True):
        yield ledger.Draft(
            "RecordIssued", ledger.Canonical(before, after), key, bytes.fromhex(digest), "RecordCorrected"
        )


def _close(batch: Batch, intake: Intake) -> int:
    """Notes in the ledger that the file was received, once: its day, its digest and what became of its rows."""
    counts = {key: value for key, value in asdict(intake).items() if isinstance(value, int) and key != "size"}
    content = {
        "catalogue": batch.catalogue.name,
        "feed": batch.feed.feed,
        "file": batch.sheet.file,
        "digest": batch.sheet.digest,
        "stated": batch.stated.isoformat(),
        "counts": counts,
    } | _signed(batch)
    whose = f"{batch.source} " if batch.source else ""
    key = f"statement {whose}{batch.feed.feed} {batch.stated.isoformat()} {batch.sheet.digest}"
    digest = hashlib.sha256(msgspec.json.encode([batch.sheet.digest, batch.feed.feed])).digest()
    draft = ledger.Draft("StatementReceived", content, key, digest, "StatementReceived")
    return ledger.append([draft], batch.recorded_at, signer()).size


def _signed(batch: Batch) -> dict[str, Any]:
    """Who sent a file for itself, and the signature that it sent with it (charter article 23)."""
    said: dict[str, Any] = {"source": batch.source} if batch.source else {}
    if one := batch.signature:
        said |= {"signed_by": one.key, "signature": {"base": one.base, "value": one.value, "parts": list(one.parts)}}
    return said


def replay(feed_name: str, recorded_at: datetime) -> Sequence[Intake]:
    """Takes the waiting rows of a feed in again, under the rules of now; those that still fail stay in quarantine."""
    catalogue, feed = catalogues.feed(feed_name)
    if feed.group_by:
        remedy = "quarantine export, mend the rows, and ingest the whole file again"
        raise BadInput(
            f"{feed_name} makes one finding of several rows, so single rows cannot be replayed.", remedy=remedy
        )
    done = []
    for day, sheet, ids in list(quarantine.sheets(feed_name)):
        withdrawals.refuse_older(feed, day)
        found = mapping.findings(sheet, feed, catalogue, day, Path())
        good, refused = parted(found)
        batch = Batch(sheet, feed, catalogue, day, recorded_at)
        intake = Intake(feed_name, sheet.file, day, sheet.table.num_rows, quarantined=len(refused))
        done.append(_append(batch, good, intake, lambda what, at, total: None))
        quarantine.refused_again(ids, refused)
        quarantine.replayed([ids[row - 1] for row in range(1, len(ids) + 1) if row not in refused], recorded_at)
    catch_up()
    return done
