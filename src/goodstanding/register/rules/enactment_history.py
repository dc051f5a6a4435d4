"""Whether an enactment had its proceeding (charter, article 23), and whether its rules were taken out of force again.

The ledger alone is asked: the events in their order and the instants at which they were recorded, never the days that
somebody wrote into them. Whoever wants to know what is in force asks here: pages, tables, verification and enactment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from goodstanding import charter
from goodstanding.access import Role
from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.loader import compute_digest
from goodstanding.errors import CatalogueError
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import EnactmentMessage, Message
from goodstanding.plain_text import fold_spelling
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.rules.drafts import ROLES, ProceedingEvent, RulesKey, find_proceeding_event
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import ENACTMENT_KINDS, EventKind
from goodstanding.register.storage.lifecycle import is_demonstration

_ASKS_ACCOUNTS = 2  # the version of the charter from which a signature says whose account made it
_ACCOUNTS_ASKED_SINCE = date(2026, 12, 1)  # what is recorded from then on is judged by that version, whatever it says
_CHARTER_KNOWN = -1  # the key, which is no position, of the newest version of the charter that the ledger knows
_PARTS = tuple(map(str, (Role.SOURCE, Role.DECIDER, Role.APPEAL, Role.OVERSEER)))


@dataclass(frozen=True, slots=True)
class RecordedSignature:
    """Who signed in which role, at which instant and place of the ledger."""

    role: str
    by: str
    instant: datetime
    position: int
    account: str = ""

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
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Retirement:
    """Who signed that rules end on a day, on which basis, and the version of the charter that the ledger then knew."""

    day: date
    basis: str
    charter: int
    signatures: tuple[RecordedSignature, ...]

    @property
    def counting(self) -> tuple[RecordedSignature, ...]:
        """The signatures that count."""
        return _list_counting(self.signatures, self.charter) if needs_proceeding() else self.signatures

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The roles that have not signed; somebody who signed in one role has signed in no other."""
        return _list_unsigned_roles(self.counting)

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
    return max(body.charter or 1, newest if isinstance(newest, int) else 1, _ASKS_ACCOUNTS if is_second else 1)


def _change_draft(
    draft: DraftProceeding, entry: LedgerEntry, body: ProceedingEvent, instant: datetime
) -> DraftProceeding:
    if entry.kind == EventKind.COMMENT_RECEIVED:
        return replace(draft, comments=(*draft.comments, instant))
    if entry.kind == EventKind.COMMENT_ANSWERED and body.text.strip():
        return replace(draft, answers=(*draft.answers, (body.number, entry.position)))
    if entry.kind == EventKind.DRAFT_SIGNED:
        signature = RecordedSignature(body.role, body.by, instant, entry.position, body.account)
        return replace(draft, signatures=(*draft.signatures, signature))
    return replace(draft, withdrawn=True) if entry.kind == EventKind.DRAFT_WITHDRAWN else draft


def _sign_retirement(enactment: Enactment, entry: LedgerEntry, body: ProceedingEvent, version: int) -> Retirement:
    """Signatures under another day or basis begin anew: three people agree on one thing."""
    instant, before = datetime.fromisoformat(entry.recorded_at), enactment.retirement
    signature = RecordedSignature(body.role, body.by, instant, entry.position, body.account)
    day, basis = body.day or instant.date(), body.text
    agreed = before.signatures if before and (before.day, before.basis) == (day, basis) else ()
    return Retirement(day, basis, version, (*agreed, signature))


_PROCEEDINGS: EventFold[RulesKey | int, DraftProceeding | Enactment | int] = EventFold(ENACTMENT_KINDS, _fold_event)


def find_enactment(position: int, size: int | None = None) -> Enactment | None:
    """The enactment at a position of the ledger, if there is one, with what was known of it at a ledger size."""
    enactment = _PROCEEDINGS.as_of(size).get(position)
    return enactment if isinstance(enactment, Enactment) else None


def find_newest_enactment(name: str) -> Enactment | None:
    """The newest event that put rules into force under a catalogue's name, whether they can be read or not."""
    return _list_newest_enactments().get(name)


def list_ends() -> dict[str, date]:
    """The days on which catalogues are out of force, of those that three people took out of it."""
    ends = ((name, enactment.ends_on) for name, enactment in _list_newest_enactments().items())
    return {name: day for name, day in ends if day is not None}


def _list_newest_enactments() -> dict[str, Enactment]:
    history = _PROCEEDINGS.items().values()
    return {enactment.key[0]: enactment for enactment in history if isinstance(enactment, Enactment)}


def list_enactment_faults(position: int, catalogue: Catalogue) -> tuple[Message, ...]:
    """What was left out or done too early before rules were put into force by the event at a position.

    Nothing is asked of a demonstration, whose people are made up; whether it is one, its first event says.
    """
    if not needs_proceeding():
        return ()
    enactment = find_enactment(position)
    if enactment is None:
        return (Message(EnactmentMessage.ENACTED_WITHOUT_DRAFT),)
    return _list_faults(enactment, catalogue)


def refuse_if_proceeding_incomplete(catalogue: Catalogue, day: date, instant: datetime) -> None:
    """Nothing, or CatalogueError where rules that were put into force now would be without effect."""
    key = (catalogue.name, catalogue.version, catalogue.digest)
    draft = _PROCEEDINGS.items().get(key)
    proceeding = draft if isinstance(draft, DraftProceeding) else None
    enactment = Enactment(0, key, instant, day, charter.VERSION, proceeding)
    if needs_proceeding() and (faults := _list_faults(enactment, catalogue)):
        raise CatalogueError(faults[0], where="charter, article 23")


def needs_proceeding() -> bool:
    """Whether rules are in force here only after their proceeding."""
    return not is_demonstration()


def _list_counting(signatures: tuple[RecordedSignature, ...], version: int) -> tuple[RecordedSignature, ...]:
    """The signatures that count under a version of the charter: since the second one, those of accounts that fit."""
    return tuple(signature for signature in signatures if version < _ASKS_ACCOUNTS or signature.fits_account)


@lru_cache(maxsize=512)
def _list_faults(enactment: Enactment, catalogue: Catalogue) -> tuple[Message, ...]:
    draft = enactment.proceeding
    if draft is None or draft.withdrawn or draft.files_digest != catalogue.digest:
        return (Message(EnactmentMessage.ENACTED_WITHOUT_DRAFT),)
    draft = replace(draft, signatures=_list_counting(draft.signatures, enactment.charter))
    faults = _list_draft_faults(draft, catalogue, enactment.instant)
    if enactment.day != compute_local_day(enactment.instant, catalogue):
        params = {"day": enactment.day, "recorded_at": enactment.instant.isoformat()}
        faults = (*faults, Message(EnactmentMessage.ENACTED_ON_ANOTHER_DAY, params))
    return faults


def _list_draft_faults(draft: DraftProceeding, catalogue: Catalogue, instant: datetime) -> tuple[Message, ...]:
    """What a draft lacks for its rules to be put into force at an instant: days, answers, signatures."""
    until = _compute_last_comment_day(draft, catalogue)
    faults = []
    if compute_local_day(instant, catalogue) <= until:
        faults.append(Message(EnactmentMessage.ENACTED_WHILE_COMMENTS_RUN, {"day": until}))
    signed = [signature for signature in draft.signatures if compute_local_day(signature.instant, catalogue) >= until]
    answered = dict[int, int]()
    for number, position in draft.answers:
        answered.setdefault(number, position)
    in_time = [number for number, at in enumerate(draft.comments, 1) if compute_local_day(at, catalogue) <= until]
    if unanswered := [number for number in in_time if number not in answered]:
        numbers = ", ".join(map(str, unanswered))
        faults.append(Message(EnactmentMessage.ENACTED_WITHOUT_ANSWERS, {"numbers": numbers}))
    last_answer = max((answered.get(number, 0) for number in in_time), default=0)
    after_answers = [signature for signature in signed if signature.position > last_answer]
    if unsigned := _list_unsigned_roles(after_answers):
        faults.append(Message(EnactmentMessage.ENACTED_WITHOUT_SIGNATURES, {"roles": ", ".join(unsigned)}))
    return tuple(faults)


def _compute_last_comment_day(draft: DraftProceeding, catalogue: Catalogue) -> date:
    """The last day of comments: as many days after publication as the rules say, or longer where that was promised."""
    days = catalogue.answers.comment_days if catalogue.answers else 0
    return max(compute_local_day(draft.instant, catalogue) + timedelta(days=days), draft.promised_until)


def _list_unsigned_roles(signatures: tuple[RecordedSignature, ...] | list[RecordedSignature]) -> tuple[str, ...]:
    """The roles in which nobody signed who had not signed in another one."""
    signers: dict[str, str] = {}
    for signature in signatures:
        person = fold_spelling(signature.by)
        if person and signature.role in ROLES and person not in signers.values():
            signers.setdefault(signature.role, person)
    return tuple(role for role in ROLES if role not in signers)
