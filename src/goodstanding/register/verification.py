"""Whether everything holds: the ledger against its signatures, the catalogues against their digests, the register's
tables against a fresh projection of the ledger, and the files in evidence against theirs."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding import charter
from goodstanding.catalogue import load_files
from goodstanding.errors import GoodstandingError
from goodstanding.ledger import erasure, events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.verify import verify as verify_ledger
from goodstanding.register import evidence, project, rebuild
from goodstanding.register.opening import signer
from goodstanding.register.projection.rebuild_lock import hold_rebuild_lock
from goodstanding.register.rebuild import Finding
from goodstanding.register.routing import projecting_into
from goodstanding.register.store import rows

UNFINISHED = "erasure-unfinished"


@dataclass(frozen=True, slots=True)
class Verification:
    """The ledger size looked at and everything that does not hold; nothing found means that all of it holds."""

    size: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(against: str | None = None, progress: project.Progress | None = None) -> Verification:
    """Everything that does not hold; `against` is an older checkpoint that the ledger must continue."""
    found = [Finding(one.code, one.where, one.what) for one in verify_ledger(signer().verifier, against)]
    found += _unfinished()
    if not found or {one.code for one in found} == {UNFINISHED}:
        with hold_rebuild_lock():
            found += _projection(progress)
    return Verification(ledger.size(), (*found, *_evidence()))


def _unfinished() -> list[Finding]:
    """Erasures whose words may still stand in free pages of the files, or in evidence."""
    what = "something of it may still stand in the files; any command that opens the register tries again"
    return [Finding(UNFINISHED, f"ledger position {position}", what) for position in erasure.leftovers()]


def _evidence() -> list[Finding]:
    """Files in evidence that are not what was handed in."""
    what = "not what was handed in, or gone without having been erased; a copy of the folder evidence has it"
    return [Finding("evidence", f"evidence/{digest[:2]}/{digest[2:]}", what) for digest in evidence.differing()]


def _projection(progress: project.Progress | None) -> list[Finding]:
    """The register's tables compared with a fresh projection; looked at only when the ledger itself holds."""
    try:
        project.catch_up()
        rebuild.build_beside(progress)
        found = [
            Finding("projection", f"{one.table}, {one.side} only", ", ".join(map(str, one.row))[:500])
            for one in rebuild.differences()
        ]
        with projecting_into(rebuild.REBUILD):
            found += _catalogues()
        return found + list(rebuild.search_findings())
    except (GoodstandingError, *rebuild.DATABASE_ERRORS) as error:
        return [Finding("projection", "projection", f"cannot be read: {error}")]
    finally:
        rebuild.discard()


def _catalogues() -> list[Finding]:
    found = []
    for position, name, digest in rows("SELECT position, catalogue, digest FROM enactment ORDER BY position"):
        body = next(ledger.read(position, position + 1)).body or "{}"
        where = f"ledger position {position}"
        try:
            catalogue = load_files(events.decode(body.encode())["files"], kept=False)
        except GoodstandingError as error:
            found.append(Finding("catalogue", where, error.diagnostics()))
            continue
        if catalogue.digest != digest:
            found.append(Finding("catalogue", where, f"{name} is not what its digest names"))
        if catalogue.mode != "live":
            found.append(Finding("charter", where, f"{name} is a laboratory catalogue"))
        found += [
            Finding("charter", where, f"{name} breaches article {breach.article}: {breach.reason} ({breach.where})")
            for breach in charter.assess(catalogue).breaches
        ]
    return found
