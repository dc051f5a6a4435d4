"""What the ledger says of drafts and enactments: the events of proceedings in their order, with their instants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from goodstanding.access import Role
from goodstanding.catalogue.loader import compute_digest
from goodstanding.ledger.store import LedgerEntry
from goodstanding.plain_text import fold_looks, is_blank
from goodstanding.register.rules.drafts import ROLES, ProceedingEvent, RulesKey, find_proceeding_event
from goodstanding.register.rules.enactments.draft_reviews import RecordedReview, build_recorded_review
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import ENACTMENT_KINDS, EventKind
from goodstanding.register.storage.lifecycle import is_demonstration

_PARTS = tuple(map(str, (Role.SOURCE, Role.DECIDER, Role.APPEAL, Role.OVERSEER)))
ASKS_ACCOUNTS = 2  # the version of the charter from which a signature says whose account, and covers the answers
_ACCOUNTS_ASKED_SINCE = date(2026, 12, 1)  # what is recorded from then on is judged by that version, whatever it says
_CHARTER_KNOWN = -1  # the key, which is no position, of the newest version of the charter that the ledger knows


@dataclass(frozen=True, slots=True)
class RecordedSignature:
    """Who signed in which role, at which instant and place of the ledger, and the place of the answers it covers."""

    role: str
    by: str
    instant: datetime
    position: int
    account: str = ""
    review: int | None = None

    @property
    def fits_account(self) -> bool:
        """Whether it says by which part's account: an office's, and the overseer's where the overseer signs."""
        part = self.account.partition(":")[0]
        return part in _PARTS and (self.role != "overseer" or part == Role.OVERSEER)


@dataclass(frozen=True, slots=True)
class DraftProceeding:
    """What the ledger says of a draft: when it was published, with which files, and what was done about it."""

    position: int
    instant: datetime
    files_digest: str
    promised_until: date
    comments: tuple[datetime, ...] = ()
    answers: tuple[tuple[int, int], ...] = ()  # the number of a comment, the position of an answer to it
    signatures: tuple[RecordedSignature, ...] = ()
    reviews: tuple[RecordedReview, ...] = ()
    withdrawn: bool = False

    def find_covered_review(self, signature: RecordedSignature) -> RecordedReview | None:
        """The answers that a signature names: given before it, by the same person and account."""
        for review in self.reviews:
            if review.position == signature.review and review.position < signature.position:
                return review if review.is_by(signature.by, signature.account) else None
        return None


@dataclass(frozen=True, slots=True)
class Retirement:
    """Who signed that rules end on a day, on which basis, and the version of the charter that the ledger then knew."""

    day: date
    basis: str
    charter: int
    signatures: tuple[RecordedSignature, ...]

    @property
    def counting(self) -> tuple[RecordedSignature, ...]:
        """The signatures that count; of a demonstration, whose people are made up, all."""
        return list_counting_signatures(self.signatures, self.charter) if needs_proceeding() else self.signatures

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The roles that have not signed; somebody who signed in one role has signed in no other."""
        return list_unsigned_roles(self.counting)

    @property
    def last_signed(self) -> datetime:
        """The instant of the newest signature."""
        return max(signature.instant for signature in self.counting)


@dataclass(frozen=True, slots=True)
class Enactment:
    """An event that put rules into force, the proceeding before it, if any, and what takes them out of force again."""

    position: int
    key: RulesKey
    instant: datetime
    day: date | None
    charter: int = 1
    proceeding: DraftProceeding | None = None
    retirement: Retirement | None = None

    @property
    def ends_on(self) -> date | None:
        """The day on which the rules are out of force: as signed by three, and never before they had signed."""
        if self.retirement is None or self.retirement.unsigned:
            return None
        return max(self.retirement.day, self.retirement.last_signed.date())


def needs_proceeding() -> bool:
    """Whether rules are in force here, and out of it, only after their proceeding."""
    return not is_demonstration()


def list_counting_signatures(signatures: tuple[RecordedSignature, ...], version: int) -> tuple[RecordedSignature, ...]:
    """The signatures that count under a version of the charter: since the second one, those of accounts that fit."""
    return tuple(signature for signature in signatures if version < ASKS_ACCOUNTS or signature.fits_account)


def list_unsigned_roles(signatures: tuple[RecordedSignature, ...] | list[RecordedSignature]) -> tuple[str, ...]:
    """The roles in which nobody signed who had not signed in another one."""
    signers: dict[str, str] = {}
    for signature in signatures:
        person = fold_looks(signature.by)
        if person and signature.role in ROLES and person not in signers.values():
            signers.setdefault(signature.role, person)
    return tuple(role for role in ROLES if role not in signers)


_Folded = dict[RulesKey | int, DraftProceeding | Enactment | int]


def _fold_event(folded: _Folded, entry: LedgerEntry) -> None:
    """Drafts stand under their rules until they are enacted, enactments under their position for ever."""
    body = find_proceeding_event(entry)
    if body is None:
        return
    instant, key = datetime.fromisoformat(entry.recorded_at), body.key
    draft = folded.get(key)
    version = folded[_CHARTER_KNOWN] = _find_charter_version(folded, body, instant)
    if entry.kind == EventKind.CATALOGUE_DRAFTED:
        until = body.comments_until or instant.date()
        folded[key] = DraftProceeding(entry.position, instant, compute_digest(body.files), until)
    elif entry.kind == EventKind.CATALOGUE_ENACTED:
        proceeding = draft if isinstance(draft, DraftProceeding) else None
        folded[entry.position] = Enactment(entry.position, key, instant, body.day, version, proceeding)
        folded[key] = entry.position  # a draft is used once
    elif isinstance(draft, DraftProceeding):
        folded[key] = _change_draft(draft, entry, body, instant)
    elif isinstance(draft, int) and entry.kind == EventKind.DRAFT_WITHDRAWN:
        enactment = folded[draft]
        if isinstance(enactment, Enactment) and body.day:
            folded[draft] = replace(enactment, retirement=_sign_retirement(enactment, entry, body, version))


def _find_charter_version(folded: _Folded, body: ProceedingEvent, instant: datetime) -> int:
    """The version of the charter by which an event is judged: it never goes back, and is the second one in its time."""
    newest = folded.get(_CHARTER_KNOWN)
    is_second = bool(body.account) or instant.date() >= _ACCOUNTS_ASKED_SINCE
    return max(body.charter or 1, newest if isinstance(newest, int) else 1, ASKS_ACCOUNTS if is_second else 1)


def _change_draft(
    draft: DraftProceeding, entry: LedgerEntry, body: ProceedingEvent, instant: datetime
) -> DraftProceeding:
    if entry.kind == EventKind.COMMENT_RECEIVED:
        return replace(draft, comments=(*draft.comments, instant))
    if entry.kind == EventKind.COMMENT_ANSWERED and not is_blank(body.text):
        return replace(draft, answers=(*draft.answers, (body.number, entry.position)))
    if entry.kind == EventKind.DRAFT_SIGNED:
        signature = RecordedSignature(body.role, body.by, instant, entry.position, body.account, body.review)
        return replace(draft, signatures=(*draft.signatures, signature))
    if entry.kind == EventKind.DRAFT_REVIEWED:
        review = build_recorded_review(body.by, body.account, instant, entry.position, body.answers)
        return replace(draft, reviews=(*draft.reviews, review))
    return replace(draft, withdrawn=True) if entry.kind == EventKind.DRAFT_WITHDRAWN else draft


def _sign_retirement(enactment: Enactment, entry: LedgerEntry, body: ProceedingEvent, version: int) -> Retirement:
    """Signatures under another day or basis begin anew: three people agree on one thing."""
    instant, before = datetime.fromisoformat(entry.recorded_at), enactment.retirement
    signature = RecordedSignature(body.role, body.by, instant, entry.position, body.account)
    day, basis = body.day or instant.date(), body.text
    agreed = before.signatures if before and (before.day, before.basis) == (day, basis) else ()
    return Retirement(day, basis, version, (*agreed, signature))


PROCEEDINGS: EventFold[RulesKey | int, DraftProceeding | Enactment | int] = EventFold(ENACTMENT_KINDS, _fold_event)
