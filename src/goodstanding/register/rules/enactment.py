"""How a catalogue comes into force: draft, public comment, answers, three signatures, enactment; each step an event.

Nothing is kept but the events: where a draft stands is worked out from them. A draft that breaches the charter is not
even published, and nothing is in force before its notice period is over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from goodstanding import config
from goodstanding.catalogue import Catalogue, load_files
from goodstanding.errors import BadInput, CatalogueError, NotFound
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import Message, RegisterMessage
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.rules.enacted_catalogues import (
    enact_catalogue,
    is_new_catalogue,
    refuse_if_breached,
    refuse_if_not_newer,
    refuse_if_schemes_unfit,
)
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import ENACTMENT_KINDS, EventKind
from goodstanding.register.storage.event_text import check_event_line, check_event_text
from goodstanding.register.storage.lifecycle import load_signer

ROLES = ("author", "reviewer", "overseer")
DEMONSTRATION = "demonstration"
_DraftKey = tuple[str, int, str]  # name, version and digest of its rules


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


class _DraftEventBody(msgspec.Struct, frozen=True):
    """What an event of a proceeding says, without the files, which are many."""

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


def list_drafts(name: str | None = None) -> list[CatalogueDraft]:
    """The drafts of a catalogue, or of all, oldest first."""
    return [draft for draft in _DRAFTS.items().values() if name in (None, draft.catalogue)]


def _fold_draft_event(drafts: dict[_DraftKey, CatalogueDraft], entry: LedgerEntry) -> None:
    body = msgspec.json.decode(entry.body or "{}", type=_DraftEventBody)
    key, day = (body.name, body.version, body.digest), datetime.fromisoformat(entry.recorded_at).date()
    if entry.kind == EventKind.CATALOGUE_DRAFTED:
        until = body.comments_until or day
        drafts[key] = CatalogueDraft(*key, body.by, day, until, entry.position)
    elif key in drafts:
        drafts[key] = _change_draft(drafts[key], entry.kind, body, day)


def _change_draft(draft: CatalogueDraft, kind: str, body: _DraftEventBody, day: date) -> CatalogueDraft:
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
    if kind == EventKind.DRAFT_SIGNED:
        return replace(draft, signed=(*draft.signed, DraftSignature(body.role, body.by, day)))
    if kind == EventKind.DRAFT_WITHDRAWN:
        return replace(draft, withdrawn=body.text)
    return replace(draft, enacted_on=body.day, charter=body.charter)


_DRAFTS: EventFold[_DraftKey, CatalogueDraft] = EventFold(ENACTMENT_KINDS, _fold_draft_event)


def get_open_draft(name: str) -> CatalogueDraft:
    """The draft of a catalogue that is neither withdrawn nor enacted; raises NotFound."""
    for draft in reversed(list_drafts(name)):
        if draft.open:
            return draft
    raise NotFound(Message(RegisterMessage.DRAFT_MISSING, {"name": repr(name), "catalogue": name}))


def load_draft_rules(draft: CatalogueDraft) -> Catalogue:
    """The rules of a draft, from the event that published it."""
    body = next(ledger.read_entries(draft.position, draft.position + 1)).body
    return load_files(events.decode_body((body or "{}").encode())["files"])


@ledger.hold_append_lock()
def publish_draft(catalogue: Catalogue, by: str, recorded_at: datetime) -> CatalogueDraft:
    """Publishes a draft for public comment; refused where the charter refuses it, or another draft is open."""
    refuse_if_breached(catalogue)
    refuse_if_not_newer(catalogue)
    refuse_if_schemes_unfit(catalogue)
    if any(draft.open for draft in list_drafts(catalogue.name)):
        raise CatalogueError(Message(RegisterMessage.DRAFT_OPEN, {"catalogue": catalogue.name}))
    days = catalogue.answers.comment_days if catalogue.answers else 0
    _append_event(
        EventKind.CATALOGUE_DRAFTED, catalogue, check_event_line(by, "--by"), recorded_at, days, files=catalogue.files
    )
    return get_open_draft(catalogue.name)


def _append_event(
    kind: str, drafted: Catalogue | CatalogueDraft, by: str, recorded_at: datetime, days: int = 0, **details: Any
) -> None:
    name = drafted.name if isinstance(drafted, Catalogue) else drafted.catalogue
    content = {"name": name, "version": drafted.version, "digest": drafted.digest, "by": by, **details}
    if isinstance(drafted, Catalogue):
        content["comments_until"] = (compute_local_day(recorded_at, drafted) + timedelta(days=days)).isoformat()
    ledger.append([ledger.EventDraft(kind, content)], recorded_at, load_signer())


@ledger.hold_append_lock()
def append_comment(name: str, by: str, text: str, recorded_at: datetime) -> DraftComment:
    """Takes in what somebody says about an open draft, until its last day of comments."""
    draft = get_open_draft(name)
    if compute_local_day(recorded_at, load_draft_rules(draft)) > draft.comments_until:
        raise BadInput(Message(RegisterMessage.COMMENTS_ENDED, {"catalogue": name, "day": draft.comments_until}))
    _append_event(
        EventKind.COMMENT_RECEIVED,
        draft,
        check_event_line(by, "--by"),
        recorded_at,
        text=check_event_text(text, "comment"),
    )
    return get_open_draft(name).comments[-1]


@ledger.hold_append_lock()
def answer_comment(name: str, number: int, by: str, text: str, recorded_at: datetime) -> None:
    """Answers a comment on an open draft."""
    draft = get_open_draft(name)
    if number not in [comment.number for comment in draft.comments]:
        comment_numbers = ", ".join(str(comment.number) for comment in draft.comments)
        raise NotFound(
            Message(RegisterMessage.COMMENT_MISSING, {"number": number, "catalogue": name}), remedy=comment_numbers
        )
    _append_event(
        EventKind.COMMENT_ANSWERED,
        draft,
        check_event_line(by, "--by"),
        recorded_at,
        number=number,
        text=check_event_text(text, "answer"),
    )


@ledger.hold_append_lock()
def withdraw_draft(name: str, by: str, reason: str, recorded_at: datetime) -> None:
    """Withdraws an open draft, with a reason."""
    _append_event(
        EventKind.DRAFT_WITHDRAWN,
        get_open_draft(name),
        check_event_line(by, "--by"),
        recorded_at,
        text=check_event_text(reason, "reason"),
    )


@ledger.hold_append_lock()
def sign_draft(name: str, role: str, by: str, recorded_at: datetime) -> CatalogueDraft:
    """Signs an open draft as its author, reviewer or overseer: three people, after comments ended and were answered."""
    draft = get_open_draft(name)
    if role not in ROLES:
        raise BadInput(Message(RegisterMessage.SIGNING_ROLE_UNKNOWN, {"role": repr(role), "roles": ", ".join(ROLES)}))
    signed = draft.signers
    if role in signed:
        raise BadInput(
            Message(RegisterMessage.SIGNED_ALREADY, {"person": signed[role], "role": role}),
            remedy=", ".join(draft.unsigned),
        )
    if check_event_line(by, "--by").casefold() in [signer.casefold() for signer in signed.values()]:
        raise BadInput(Message(RegisterMessage.SIGNED_IN_ANOTHER_ROLE, {"person": by}))
    _refuse_if_early(draft, compute_local_day(recorded_at, load_draft_rules(draft)))
    _append_event(EventKind.DRAFT_SIGNED, draft, check_event_line(by, "--by"), recorded_at, role=role)
    return get_open_draft(name)


def _refuse_if_early(draft: CatalogueDraft, day: date) -> None:
    if day < draft.first_day_to_sign:
        params = {"catalogue": draft.catalogue, "day": draft.comments_until}
        raise BadInput(Message(RegisterMessage.COMMENTS_RUN, params))
    if draft.unanswered:
        numbers = ", ".join(map(str, draft.unanswered))
        raise BadInput(Message(RegisterMessage.COMMENTS_UNANSWERED, {"numbers": numbers}))


@ledger.hold_append_lock()
def enact_draft(name: str, day: date, recorded_at: datetime) -> int:
    """Puts a signed draft into force on the day it is said, once its notice period is over; gives the ledger size."""
    draft = get_open_draft(name)
    if draft.unsigned:
        params = {"catalogue": name, "roles": ", ".join(draft.unsigned), "role": draft.unsigned[0]}
        raise CatalogueError(Message(RegisterMessage.DRAFT_UNSIGNED, params), where="charter, article 23")
    catalogue = load_draft_rules(draft)
    if day != (today := compute_local_day(recorded_at, catalogue)):
        raise CatalogueError(Message(RegisterMessage.ENACTED_ON_ANOTHER_DAY, {"day": day, "today": today}))
    if day < draft.first_day_to_sign:
        raise CatalogueError(Message(RegisterMessage.NOTICE_PERIOD_RUNS, {"day": draft.first_day_to_sign}))
    return enact_catalogue(catalogue, day, recorded_at)


@ledger.hold_append_lock()
def enact_catalogue_at_once(catalogue: Catalogue, day: date, recorded_at: datetime) -> int:
    """The whole proceeding in one go, by made-up people: in a demonstration only, and its events say so."""
    if not config.get_current_register().demonstration:
        raise CatalogueError(
            Message(RegisterMessage.CATALOGUE_UNDRAFTED, {"catalogue": catalogue.name}), where="charter, article 23"
        )
    refuse_if_breached(catalogue)
    if not is_new_catalogue(catalogue):
        return ledger.get_ledger_size()
    _append_event(
        EventKind.CATALOGUE_DRAFTED, catalogue, f"{DEMONSTRATION} author", recorded_at, 0, files=catalogue.files
    )
    draft = get_open_draft(catalogue.name)
    for role in ROLES:
        _append_event(EventKind.DRAFT_SIGNED, draft, f"{DEMONSTRATION} {role}", recorded_at, role=role)
    return enact_catalogue(catalogue, day, recorded_at)
