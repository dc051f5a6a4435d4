"""Whether everything holds: the ledger against its signatures, the catalogues against their digests, the register's
tables against a fresh projection of the ledger, and the files in evidence against theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goodstanding import charter, config
from goodstanding.errors import GoodstandingError
from goodstanding.ledger import content_erasure, events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.span_verification import LedgerFinding
from goodstanding.ledger.verification import verify_ledger
from goodstanding.ledger.witness.comparison import (
    EMPTY,
    hand_over_afterwards,
    list_witness_findings,
    read_witnesses,
)
from goodstanding.messages import EnactmentMessage, Message, RegisterMessage
from goodstanding.register.projection.projector import Progress
from goodstanding.register.projection.rebuild import (
    DATABASE_ERRORS,
    ProjectionDifference,
    build_second_projection,
    check_search_index,
    discard_rebuild,
    list_projection_differences,
)
from goodstanding.register.rules.effect_isolation import OF_THE_RULES, FailedCalculation, collect_failures
from goodstanding.register.rules.enacted_catalogues import list_breaches_beside
from goodstanding.register.rules.enactment_history import find_enactment, list_enactment_faults, list_ends
from goodstanding.register.rules.filed_rules import load_rules, read_body
from goodstanding.register.storage.database_checks import (
    VerificationFinding,
    list_durable_faults,
    list_projection_faults,
)
from goodstanding.register.storage.database_router import REBUILD, redirect_projection
from goodstanding.register.storage.event_kinds import EventKind, list_kinds_about
from goodstanding.register.storage.evidence_store import list_differing_digests, list_digests_named
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.register.storage.rebuild_lock import hold_rebuild_lock

UNFINISHED = "erasure-unfinished"


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """The ledger size looked at and everything that does not hold; nothing found means that all of it holds."""

    size: int
    findings: tuple[VerificationFinding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify_register(
    against: str | None = None,
    progress: Progress | None = None,
    further: Sequence[Callable[[], Iterable[VerificationFinding]]] = (),
    now: datetime | None = None,
) -> VerificationResult:
    """Everything that does not hold; `against` is an older checkpoint that the ledger must continue.

    What the witnesses keep is read before anything else; they are handed what they lack where all holds. `further` are
    the checks of rooms above, made where ledger and tables hold. With `now` no event may have been recorded later.
    """
    verifier = load_signer().verifier
    accounts = read_witnesses(verifier)
    findings = list(map(_convert_ledger_finding, verify_ledger(verifier, against)))
    of_witnesses = list(map(_convert_ledger_finding, list_witness_findings(accounts)))
    findings += _list_unfinished_erasures()
    ledger_holds = not findings or {finding.code for finding in findings} == {UNFINISHED}
    findings += list_durable_faults()
    if ledger_holds:
        findings += [*_list_setting_findings(), *_list_day_findings(), *_list_clock_findings(now)]
        with hold_rebuild_lock():
            findings += _verify_projection(progress)
    if not findings:
        findings += (finding for list_findings in further for finding in list_findings())
    findings += _evidence(ledger_holds)
    if not findings and {finding.code for finding in of_witnesses} <= {EMPTY}:
        of_witnesses += map(_convert_ledger_finding, hand_over_afterwards())
    return VerificationResult(ledger.get_ledger_size(), (*of_witnesses, *findings))


def _convert_ledger_finding(finding: LedgerFinding) -> VerificationFinding:
    return VerificationFinding(finding.code, finding.where, finding.message)


def _list_setting_findings() -> list[VerificationFinding]:
    """Settings that are not those with which the register was opened, as its first event says."""
    opened = next(ledger.read_entries(0, 1), None)
    if opened is None or opened.kind != EventKind.REGISTER_OPENED:
        return []
    stated, used = events.decode_body((opened.body or "{}").encode()), config.get_current_register()
    written = config.load_settings(used.folder)  # what is in use is bound to what the event says
    return [
        _describe_setting(name, value, stated[name])
        for name in ("name", "origin", "demonstration")
        for value in dict.fromkeys((getattr(used, name), getattr(written, name)))
        if name in stated and stated[name] != value
    ]


def _list_day_findings() -> list[VerificationFinding]:
    """Acts that bear another day than the one on which they were recorded, as those of a demonstration may.

    A day is that of the catalogue's own place, so it may be the one before or after the day in UTC.
    """
    if config.get_current_register().demonstration:
        return []
    kinds = [kind for about in ("case", "mandate", "application") for kind in list_kinds_about(about)]
    entries = ledger.list_entries_of_kinds(kinds)
    dated = ((entry, events.decode_body((entry.body or "{}").encode()).get("day")) for entry in entries)
    return [
        _describe_day(entry.position, day, entry.recorded_at)
        for entry, day in dated
        if day and abs(date.fromisoformat(day) - datetime.fromisoformat(entry.recorded_at).date()) > timedelta(days=1)
    ]


def _list_clock_findings(now: datetime | None) -> list[VerificationFinding]:
    """That the newest event was recorded later than it is: a clock that once stood ahead freezes all later instants."""
    size = ledger.get_ledger_size()
    newest = next(ledger.read_entries(size - 1, size), None) if now and size else None
    if newest is None or now is None or datetime.fromisoformat(newest.recorded_at) <= now + timedelta(days=1):
        return []
    problem = Message(RegisterMessage.CLOCK_STOOD_AHEAD, {"recorded_at": newest.recorded_at})
    return [VerificationFinding("clock", f"ledger position {newest.position}", problem)]


def _describe_day(position: int, day: str, recorded_at: str) -> VerificationFinding:
    problem = Message(RegisterMessage.DAY_NOT_OF_RECORDING, {"day": day, "recorded_at": recorded_at})
    return VerificationFinding("act-day", f"ledger position {position}", problem)


def _describe_setting(name: str, setting: object, opened: object) -> VerificationFinding:
    params = {"setting": repr(setting), "opened": repr(opened)}
    return VerificationFinding("settings", f"setting {name}", Message(RegisterMessage.SETTING_NOT_AS_OPENED, params))


def _list_unfinished_erasures() -> list[VerificationFinding]:
    """Erasures whose words may still stand in free pages of the files, or in evidence."""
    problem = Message(RegisterMessage.ERASURE_UNFINISHED)
    return [
        VerificationFinding(UNFINISHED, f"ledger position {position}", problem)
        for position in content_erasure.list_leftovers()
    ]


def _evidence(ledger_holds: bool) -> list[VerificationFinding]:
    """Files in evidence that are not what was handed in, and those that events name and that are not there."""
    problem = Message(RegisterMessage.EVIDENCE_NOT_AS_HANDED_IN)
    return [
        VerificationFinding("evidence", f"evidence/{digest[:2]}/{digest[2:]}", problem)
        for digest in _list_differing_evidence(ledger_holds)
    ]


def _list_differing_evidence(ledger_holds: bool) -> tuple[str, ...]:
    """Looked at twice where something differs: an erasure may have taken away meanwhile what its events had named."""
    differing: tuple[str, ...] = ()
    for _attempt in range(2):
        differing = list_differing_digests(list_evidence_named() if ledger_holds else ())
        if not differing:
            break
    return differing


def list_evidence_named() -> set[str]:
    """The digests of the files that the events in the ledger name as evidence."""
    kinds = [kind for about in ("case", "mandate", "application") for kind in list_kinds_about(about)]
    bodies = (events.decode_body((entry.body or "{}").encode()) for entry in ledger.list_entries_of_kinds(kinds))
    return {digest for body in bodies for digest in list_digests_named(body)}


def _verify_projection(progress: Progress | None) -> list[VerificationFinding]:
    """The register's tables compared with a fresh projection; looked at only when the ledger itself holds."""
    try:
        with collect_failures() as failures:
            build_second_projection(progress)
        ends = list_ends()
        findings = [_describe_failure(failure) for failure in failures if failure.catalogue not in ends]
        findings += map(_describe_difference, list_projection_differences())
        with redirect_projection(REBUILD):
            findings += _verify_catalogues()
        return [*findings, *check_search_index(), *list_projection_faults()]
    except (GoodstandingError, *DATABASE_ERRORS) as error:
        problem = Message(RegisterMessage.TABLES_UNREADABLE, {"problem": str(error)})
        return [VerificationFinding("projection", "projection", problem)]
    finally:
        discard_rebuild()


def _describe_difference(difference: ProjectionDifference) -> VerificationFinding:
    row = ", ".join(map(str, difference.row))[:500]
    where = f"{difference.table}, {difference.side} only"
    return VerificationFinding("projection", where, Message(RegisterMessage.ROW_WITHOUT_MATCH, {"row": row}))


def _describe_failure(failure: FailedCalculation) -> VerificationFinding:
    params = {"catalogue": failure.catalogue, "subject": failure.subject_id, "problem": failure.problem}
    code = EnactmentMessage.RULES_FAIL if failure.subject_id is None else EnactmentMessage.SUBJECT_FAILS
    return VerificationFinding("effects", f"catalogue {failure.catalogue}", Message(code, params))


def _verify_catalogues() -> list[VerificationFinding]:
    findings = []
    for position, name, digest in fetch_rows("SELECT position, catalogue, digest FROM enactment ORDER BY position"):
        enactment = find_enactment(position)
        if enactment and enactment.ends_on:  # three people took it out of force
            continue
        problems = _list_enactment_problems(position, name, digest)
        findings += [VerificationFinding(code, f"ledger position {position}", problem) for code, problem in problems]
    return findings


def _list_enactment_problems(position: int, name: str, digest: str) -> Iterator[tuple[str, Message]]:
    """What does not hold of a catalogue in force, each with the code of its finding."""
    try:
        catalogue = load_rules(read_body(position), digest, f"ledger position {position}", kept=False)
    except GoodstandingError as error:
        yield "catalogue", Message(RegisterMessage.ENACTMENT_UNREADABLE, {"problem": error.diagnostics()})
        return
    except OF_THE_RULES as error:
        yield "catalogue", Message(EnactmentMessage.RULES_UNUSABLE, {"problem": str(error)})
        return
    if catalogue.mode != "live":
        yield "charter", Message(RegisterMessage.ENACTMENT_FOR_LABORATORY, {"catalogue": name})
    for fault in list_enactment_faults(position, catalogue):
        yield "proceeding", Message(EnactmentMessage.ENACTMENT_AT_FAULT, {"catalogue": name, "fault": fault})
    for breach in charter.assess(catalogue).breaches:
        params = {"catalogue": name, "article": breach.article, "reason": breach.reason, "place": breach.where}
        yield "charter", Message(RegisterMessage.ENACTMENT_IN_BREACH, params)
    for breach in list_breaches_beside(position):
        params = {"catalogue": name, "article": breach.article, "reason": breach.reason, "place": breach.where}
        remedy = {"remedy": breach.reason.render_remedy()}
        yield "charter", Message(RegisterMessage.ENACTMENT_STACKED, {**params, **remedy})
