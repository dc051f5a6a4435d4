"""One record, stated, corrected or withdrawn by a clerk of its source: checked like a feed's row, one event each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
import pyarrow as pa

from goodstanding.errors import BadInput, ContradictsEarlier, NotFound
from goodstanding.ledger import store as ledger
from goodstanding.ledger.models import Event
from goodstanding.register import canonical, sendings, stating
from goodstanding.register.file import Record
from goodstanding.register.hearings import withdrawal
from goodstanding.register.intake import parted
from goodstanding.register.opening import signer
from goodstanding.register.project import catch_up
from goodstanding.register.quarantine import Problem
from goodstanding.register.reading import ROW, Sheet
from goodstanding.register.sendings import Opening
from goodstanding.register.stating import FOUND_WRONG, Way

LONGEST = 2_000
_HOW = ("feed", "kind", "row", "stated", "version")  # what says how a record came, not what it states


@dataclass(frozen=True, slots=True)
class Checked:
    """A record as its event would say it, or what is wrong with it, each problem in the column it stands in."""

    problems: tuple[Problem, ...]
    body: Mapping[str, Any]
    key: str = ""
    digest: bytes = b""

    def says_the_same(self, body: Mapping[str, Any]) -> bool:
        """Whether another event's body states the same, however it came."""
        return all(self.body.get(name) == body.get(name) for name in {*self.body, *body} - set(_HOW))


def check(chosen: Way, source: str, cells: Mapping[str, str], stated: date, called: str = "") -> Checked:
    """What a record in canonical columns states, by exactly the rules of a row of a feed; nothing is written.

    `called` is the feed that a corrected record came by, which it keeps.
    """
    texts = {name: pa.array([text or None], pa.string()) for name, text in cells.items()}
    digest = hashlib.sha256(msgspec.json.encode(dict(cells), order="sorted")).hexdigest()
    sheet = Sheet("form", digest, tuple(cells), pa.table(texts | {ROW: pa.array([1], pa.int64())}), ())
    found = canonical.findings(sheet, chosen.catalogue, chosen.feed.record, source, stated, called)
    good, refused = parted(stating.refused(found, canonical.feed(chosen.catalogue, chosen.feed.record), source))
    if refused:
        return Checked(tuple(refused[1]), {})
    [row] = good.to_pylist()
    body = json.loads(f"{row['before']}RecordIssued{row['after']}}}") | {"row": None}
    return Checked((), body, row["key"], bytes.fromhex(row["digest"]))


def issue(one: Checked, source: str, by: str, recorded_at: datetime) -> int:
    """States a record; gives its position, also where the very same was sent before. Raises ContradictsEarlier."""
    with ledger.alone():
        if held := _newest(one.key):
            if held.kind != "RecordWithdrawn" and bytes(held.digest) == one.digest:
                return int(held.position)
            said = "A record with this reference is on file."
            raise ContradictsEarlier(said, where="reference", remedy="another reference, or that record corrected")
        position = _append(_draft(one), recorded_at)
    return _noted(one.body, source, by, position, recorded_at)


def correct(record: Record, one: Checked, by: str, recorded_at: datetime) -> int:
    """States a record anew in place of its newest version; gives the correction's position."""
    with ledger.alone():
        held = _still(record)
        if one.key != held.key:
            raise BadInput("A correction is about the same record.", where="reference", remedy=record.reference)
        if one.says_the_same(json.loads(held.body)):
            raise BadInput("Nothing is changed.", where="record", remedy="at least one other value")
        position = _append(_draft(one), recorded_at)
    return _noted(one.body, record.source, by, position, recorded_at)


def withdraw(record: Record, reason: str, by: str, day: date, recorded_at: datetime) -> int:
    """Withdraws a record with the reason that its source gives; gives the withdrawal's position."""
    said = checked_reason(reason)
    with ledger.alone():
        _still(record)
        position = _append(withdrawal(record.position, day, said), recorded_at)
    return _noted({"feed": record.feed, "stated": day.isoformat()}, record.source, by, position, recorded_at)


def checked_reason(reason: str) -> str:
    """The reason for a withdrawal as its event says it; raises BadInput for none, and for one that is a decision's."""
    said = reason.strip()
    if not said or len(said) > LONGEST or not said.replace("\n", " ").replace("\r", " ").isprintable():
        remedy = f"a sentence, at most {LONGEST:,} characters"
        raise BadInput("A record is withdrawn for a reason.", where="reason", remedy=remedy)
    if said.startswith(FOUND_WRONG):
        raise BadInput("Only a decision finds a record wrong.", where="reason", remedy="the source's own reason")
    return said


def body_at(position: int) -> dict[str, Any]:
    """What the event of a record says; raises NotFound where it was erased."""
    found = Event.objects.filter(position=position).values_list("body", flat=True).first()
    if found is None:
        raise NotFound("What this record said was erased.", where=f"position {position}")
    return dict(json.loads(found))


def _draft(one: Checked) -> ledger.Draft:
    content = {name: value for name, value in one.body.items() if name != "kind"}
    return ledger.Draft("RecordIssued", content, one.key, one.digest, "RecordCorrected")


def _append(draft: ledger.Draft, recorded_at: datetime) -> int:
    [position] = ledger.append([draft], recorded_at, signer()).positions
    if position is None:
        raise BadInput("Nothing is changed.", where="record", remedy="at least one other value")
    return position


def _newest(key: str) -> Event | None:
    return Event.objects.filter(key=key).order_by("-version").first()


def _still(record: Record) -> Event:
    """The event of a record, if it is still the newest version; raises ContradictsEarlier."""
    held = _newest(f"{record.source} {record.record} {record.reference}")
    if held is None or held.position != record.position or held.kind == "RecordWithdrawn":
        said = "This record was corrected or withdrawn meanwhile."
        raise ContradictsEarlier(said, where=f"position {record.position}", remedy="its newest version")
    return held


def _noted(body: Mapping[str, Any], source: str, by: str, position: int, recorded_at: datetime) -> int:
    catch_up()
    stated = date.fromisoformat(body["stated"])
    sendings.note_record(Opening(source, body["feed"], "form", by, stated), position, recorded_at)
    return position
