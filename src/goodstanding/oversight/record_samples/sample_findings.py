"""What the overseer found of the records drawn: as the reviewer describes them, or not; one event each and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from goodstanding.errors import BadInput, NotFound
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import Message, OversightMessage
from goodstanding.oversight.record_samples.sample_draw import draw_sample
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import SAMPLE_KINDS, EventKind
from goodstanding.register.storage.event_text import LONGEST_REASON, check_event_line, check_event_text
from goodstanding.register.storage.lifecycle import load_signer

_FindingKey = tuple[int, int]  # year, position of the record


@dataclass(frozen=True, slots=True)
class SampleFinding:
    """Whether a record drawn for a year is what the reviewer describes, why, who says so, and in which event."""

    year: int
    beside: int
    described: bool
    text: str
    by: str
    day: date
    position: int


class _FindingBody(msgspec.Struct, frozen=True):
    year: int
    beside: int
    described: bool
    text: str
    by: str
    day: date


def _fold_finding(findings: dict[_FindingKey, SampleFinding], entry: LedgerEntry) -> None:
    """The first counts: nobody takes back what they found."""
    try:
        body = msgspec.json.decode(entry.body or "{}", type=_FindingBody)
    except msgspec.DecodeError:  # erased, or written past every door: it means nothing
        return
    finding = SampleFinding(body.year, body.beside, body.described, body.text, body.by, body.day, entry.position)
    findings.setdefault((body.year, body.beside), finding)


_FINDINGS: EventFold[_FindingKey, SampleFinding] = EventFold(SAMPLE_KINDS, _fold_finding)


def list_sample_findings(year: int) -> Mapping[int, SampleFinding]:
    """What was found of the records of a year, by the position of the record."""
    return {beside: finding for (of_year, beside), finding in _FINDINGS.items().items() if of_year == year}


@ledger.hold_append_lock()
def append_sample_finding(
    year: int, position: int, described: bool, reason: str, by: str, recorded_at: datetime
) -> SampleFinding:
    """States what the overseer found of a record that was drawn for a year, once; raises NotFound and BadInput."""
    drawn = [sampled.position for sampled in draw_sample(year, recorded_at.date())]
    if position not in drawn:
        message = Message(OversightMessage.RECORD_NOT_SAMPLED, {"position": position, "year": year})
        raise NotFound(message, where=str(position))
    if finding := list_sample_findings(year).get(position):
        params = {"person": finding.by, "day": finding.day, "position": position, "year": year}
        raise BadInput(Message(OversightMessage.SAMPLE_FOUND_ALREADY, params), where=str(position))
    content = {"year": year, "beside": position, "described": described, "by": check_event_line(by, "--by")}
    content |= {"text": check_event_text(reason, "--reason", LONGEST_REASON), "day": recorded_at.date().isoformat()}
    ledger.append([ledger.EventDraft(EventKind.RECORD_SAMPLED, content)], recorded_at, load_signer())
    return list_sample_findings(year)[position]
