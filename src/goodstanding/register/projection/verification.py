"""Whether everything holds: the ledger against its signatures, the catalogues against their digests, the register's
tables against a fresh projection of the ledger, and the files in evidence against theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from goodstanding import charter, config
from goodstanding.catalogue import load_files
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
from goodstanding.register.projection.projector import Progress
from goodstanding.register.projection.rebuild import (
    DATABASE_ERRORS,
    build_second_projection,
    check_search_index,
    discard_rebuild,
    list_projection_differences,
)
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
) -> VerificationResult:
    """Everything that does not hold; `against` is an older checkpoint that the ledger must continue.

    What the witnesses keep is read before anything else; they are handed what they lack where all holds. `further` are
    the checks of rooms above, made where ledger and tables hold.
    """
    verifier = load_signer().verifier
    accounts = read_witnesses(verifier)
    findings = list(map(_convert_ledger_finding, verify_ledger(verifier, against)))
    of_witnesses = list(map(_convert_ledger_finding, list_witness_findings(accounts)))
    findings += _list_unfinished_erasures()
    ledger_holds = not findings or {finding.code for finding in findings} == {UNFINISHED}
    findings += list_durable_faults()
    if ledger_holds:
        findings += _list_setting_findings()
        with hold_rebuild_lock():
            findings += _verify_projection(progress)
    if not findings:
        findings += (finding for list_findings in further for finding in list_findings())
    findings += _evidence(ledger_holds)
    if not findings and {finding.code for finding in of_witnesses} <= {EMPTY}:
        of_witnesses += map(_convert_ledger_finding, hand_over_afterwards())
    return VerificationResult(ledger.get_ledger_size(), (*of_witnesses, *findings))


def _convert_ledger_finding(finding: LedgerFinding) -> VerificationFinding:
    return VerificationFinding(finding.code, finding.where, str(finding.message))


def _list_setting_findings() -> list[VerificationFinding]:
    """Settings that are not those with which the register was opened, as its first event says."""
    opened = next(ledger.read_entries(0, 1), None)
    if opened is None or opened.kind != EventKind.REGISTER_OPENED:
        return []
    stated, register = events.decode_body((opened.body or "{}").encode()), config.get_current_register()
    return [
        VerificationFinding("settings", f"setting {name}", f"{getattr(register, name)!r}, opened with {stated[name]!r}")
        for name in ("name", "origin", "demonstration")
        if name in stated and stated[name] != getattr(register, name)
    ]


def _list_unfinished_erasures() -> list[VerificationFinding]:
    """Erasures whose words may still stand in free pages of the files, or in evidence."""
    message = "something of it may still stand in the files; any command that opens the register tries again"
    return [
        VerificationFinding(UNFINISHED, f"ledger position {position}", message)
        for position in content_erasure.list_leftovers()
    ]


def _evidence(ledger_holds: bool) -> list[VerificationFinding]:
    """Files in evidence that are not what was handed in, and those that events name and that are not there."""
    problem = "not what was handed in, or gone without having been erased; a copy of the folder evidence has it"
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
        build_second_projection(progress)
        findings = [
            VerificationFinding(
                "projection", f"{difference.table}, {difference.side} only", ", ".join(map(str, difference.row))[:500]
            )
            for difference in list_projection_differences()
        ]
        with redirect_projection(REBUILD):
            findings += _verify_catalogues()
        return [*findings, *check_search_index(), *list_projection_faults()]
    except (GoodstandingError, *DATABASE_ERRORS) as error:
        return [VerificationFinding("projection", "projection", f"cannot be read: {error}")]
    finally:
        discard_rebuild()


def _verify_catalogues() -> list[VerificationFinding]:
    findings = []
    for position, name, digest in fetch_rows("SELECT position, catalogue, digest FROM enactment ORDER BY position"):
        body = next(ledger.read_entries(position, position + 1)).body or "{}"
        where = f"ledger position {position}"
        try:
            catalogue = load_files(events.decode_body(body.encode())["files"], kept=False)
        except GoodstandingError as error:
            findings.append(VerificationFinding("catalogue", where, error.diagnostics()))
            continue
        if catalogue.digest != digest:
            findings.append(VerificationFinding("catalogue", where, f"{name} is not what its digest names"))
        if catalogue.mode != "live":
            findings.append(VerificationFinding("charter", where, f"{name} is a laboratory catalogue"))
        findings += [
            VerificationFinding(
                "charter", where, f"{name} breaches article {breach.article}: {breach.reason} ({breach.where})"
            )
            for breach in charter.assess(catalogue).breaches
        ]
    return findings
