"""Where drafts of catalogues stand: their comments, answers and signatures, worked out from the events alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import msgspec

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.charter.review.answers import Answer
from goodstanding.errors import CatalogueError, NotFound
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import ENACTMENT_KINDS, EventKind

log = logging.getLogger("goodstanding.register")

ROLES = ("author", "reviewer", "overseer")
RulesKey = tuple[str, int, str]  # name, version and digest of its rules


@dataclass(frozen=True, slots=True)
class DraftComment:
    """What somebody said about a draft, when, and what the author answered."""

    number: int
    by: str
    text: str
    day: date
    answer: str = ""


@dataclass(frozen=True, slots=True)
class DraftSignature:
    """Who signed a draft in which role, and when."""

    role: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class DraftReview:
    """Who answered last, when and in which event what the records of a draft really record."""

    by: str
    day: date
    position: int


@dataclass(frozen=True, slots=True)
class CatalogueDraft:
    """Where a draft stands: when it was published, until when it can be commented on, who signed, how it ended."""

    catalogue: str
    version: int
    digest: str
    by: str
    drafted_on: date
    comments_until: date
    position: int
    comments: tuple[DraftComment, ...] = ()
    signed: tuple[DraftSignature, ...] = ()
    reviewed: DraftReview | None = None
    withdrawn: str = ""
    enacted_on: date | None = None
    charter: int | None = None

    @property
    def open(self) -> bool:
        """Whether it is neither withdrawn nor enacted."""
        return not self.withdrawn and self.enacted_on is None

    @property
    def first_day_to_sign(self) -> date:
        """The day after the last on which comments are taken."""
        return self.comments_until + timedelta(days=1)

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The numbers of the comments that nobody has answered."""
        return tuple(comment.number for comment in self.comments if not comment.answer)

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The roles that have not signed."""
        return tuple(role for role in ROLES if role not in self.signers)

    @property
    def signers(self) -> dict[str, str]:
        """Who signed, by role."""
        return {signature.role: signature.by for signature in self.signed}


class ProceedingEvent(msgspec.Struct, frozen=True):
    """What an event of a proceeding says: about which rules, and what was done."""

    name: str
    version: int
    digest: str
    by: str = ""
    text: str = ""
    role: str = ""
    number: int = 0
    comments_until: date | None = None
    day: date | None = None
    charter: int | None = None
    account: str = ""
    review: int | None = None
    answers: tuple[Answer, ...] = ()
    files: dict[str, str] = {}

    @property
    def key(self) -> RulesKey:
        """The rules that it is about."""
        return self.name, self.version, self.digest


def find_proceeding_event(entry: LedgerEntry) -> ProceedingEvent | None:
    """What an entry of the ledger says; None for one that was written past every door in no such form."""
    try:
        return msgspec.json.decode(entry.body or "{}", type=ProceedingEvent)
    except msgspec.DecodeError:
        return None


def list_drafts(name: str | None = None) -> list[CatalogueDraft]:
    """The drafts of a catalogue, or of all, oldest first."""
    return [draft for draft in _DRAFTS.items().values() if name in (None, draft.catalogue)]


def _fold_draft_event(drafts: dict[RulesKey, CatalogueDraft], entry: LedgerEntry) -> None:
    body = find_proceeding_event(entry)
    if body is None:
        return
    key, day = body.key, datetime.fromisoformat(entry.recorded_at).date()
    if entry.kind == EventKind.CATALOGUE_DRAFTED:
        until = body.comments_until or day
        drafts[key] = CatalogueDraft(*key, body.by, day, until, entry.position)
    elif key in drafts:
        drafts[key] = _change_draft(drafts[key], entry, body, day)


def _change_draft(draft: CatalogueDraft, entry: LedgerEntry, body: ProceedingEvent, day: date) -> CatalogueDraft:
    kind = entry.kind
    if kind == EventKind.COMMENT_RECEIVED:
        return replace(
            draft, comments=(*draft.comments, DraftComment(len(draft.comments) + 1, body.by, body.text, day))
        )
    if kind == EventKind.COMMENT_ANSWERED:
        answered = (
            replace(comment, answer=body.text) if comment.number == body.number else comment
            for comment in draft.comments
        )
        return replace(draft, comments=tuple(answered))
    if kind == EventKind.DRAFT_REVIEWED:
        return draft if draft.enacted_on else replace(draft, reviewed=DraftReview(body.by, day, entry.position))
    if kind == EventKind.DRAFT_SIGNED:
        return replace(draft, signed=(*draft.signed, DraftSignature(body.role, body.by, day)))
    if kind == EventKind.DRAFT_WITHDRAWN:  # of what is in force it is a signature under its end, and no withdrawal
        return draft if draft.enacted_on else replace(draft, withdrawn=body.text)
    return replace(draft, enacted_on=body.day, charter=body.charter)


_DRAFTS: EventFold[RulesKey, CatalogueDraft] = EventFold(ENACTMENT_KINDS, _fold_draft_event)


def get_open_draft(name: str) -> CatalogueDraft:
    """The draft of a catalogue that is neither withdrawn nor enacted; raises NotFound."""
    for draft in reversed(list_drafts(name)):
        if draft.open:
            return draft
    raise NotFound(Message(RegisterMessage.DRAFT_MISSING, {"name": repr(name), "catalogue": name}))


def load_draft_rules(draft: CatalogueDraft) -> Catalogue:
    """The rules of a draft, from the event that published it."""
    body = next(ledger.read_entries(draft.position, draft.position + 1)).body
    return load_files(events.decode_body((body or "{}").encode()).get("files", {}))


def find_draft_rules(draft: CatalogueDraft) -> Catalogue | None:
    """The same; None where this program cannot read them, as those that an older one published may be."""
    try:
        return load_draft_rules(draft)
    except CatalogueError as error:
        log.error("The draft at ledger position %s cannot be read. %s", draft.position, error.diagnostics())
        return None
