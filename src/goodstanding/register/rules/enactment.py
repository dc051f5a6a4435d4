"""How a catalogue comes into force: draft, public comment, answers, three signatures, enactment; each step an event.

Nothing is kept but the events: where a draft stands is worked out from them. A draft that breaches the charter is not
even published, and nothing is in force before its notice period is over.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from goodstanding import config
from goodstanding.catalogue import Catalogue
from goodstanding.errors import BadInput, CatalogueError, NotFound
from goodstanding.ledger import store as ledger
from goodstanding.messages import EnactmentMessage, Message, RegisterMessage
from goodstanding.plain_text import fold_looks
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.rules.drafts import (
    ROLES,
    CatalogueDraft,
    DraftComment,
    get_open_draft,
    list_drafts,
    load_draft_rules,
)
from goodstanding.register.rules.dry_run import refuse_if_failing
from goodstanding.register.rules.enacted_catalogues import (
    enact_catalogue,
    is_new_catalogue,
    refuse_if_breached,
    refuse_if_not_newer,
    refuse_if_schemes_unfit,
)
from goodstanding.register.rules.enactment_history import (
    find_newest_enactment,
    refuse_if_proceeding_incomplete,
)
from goodstanding.register.rules.enactments.enactment_fold import Enactment, Retirement
from goodstanding.register.rules.enactments.record_continuity import refuse_if_records_dropped
from goodstanding.register.rules.enactments.review_acts import REVIEWER, find_review_to_sign
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.event_text import check_event_line, check_event_text
from goodstanding.register.storage.lifecycle import load_signer

DEMONSTRATION = "demonstration"


@ledger.hold_append_lock()
def publish_draft(catalogue: Catalogue, by: str, recorded_at: datetime) -> CatalogueDraft:
    """Publishes a draft for public comment; refused where the charter refuses it, or another draft is open."""
    days = catalogue.answers.comment_days if catalogue.answers else 0
    refuse_if_breached(catalogue, compute_local_day(recorded_at, catalogue) + timedelta(days=days + 1))
    refuse_if_failing(catalogue)
    refuse_if_not_newer(catalogue)
    refuse_if_schemes_unfit(catalogue)
    refuse_if_records_dropped(catalogue)
    if any(draft.open for draft in list_drafts(catalogue.name)):
        raise CatalogueError(Message(RegisterMessage.DRAFT_OPEN, {"catalogue": catalogue.name}))
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
def sign_draft(name: str, role: str, by: str, recorded_at: datetime, account: str = "") -> CatalogueDraft:
    """Signs an open draft as its author, reviewer or overseer: three people, after comments ended and were answered.

    `account` is the part of the account that signs, as `overseer` or `source:E07000061`: since the second version of
    the charter rules are in force only under signatures of accounts whose parts fit. The reviewer's covers their
    answers to what the records really record.
    """
    draft = get_open_draft(name)
    if role not in ROLES:
        raise BadInput(Message(RegisterMessage.SIGNING_ROLE_UNKNOWN, {"role": repr(role), "roles": ", ".join(ROLES)}))
    signed = draft.signers
    if role in signed:
        raise BadInput(
            Message(RegisterMessage.SIGNED_ALREADY, {"person": signed[role], "role": role}),
            remedy=", ".join(draft.unsigned),
        )
    if fold_looks(check_event_line(by, "--by")) in map(fold_looks, signed.values()):
        raise BadInput(Message(RegisterMessage.SIGNED_IN_ANOTHER_ROLE, {"person": by}))
    _refuse_if_early(draft, compute_local_day(recorded_at, load_draft_rules(draft)))
    signer = check_event_line(by, "--by")
    named: dict[str, Any] = dict(_name_account(account))
    if role == REVIEWER and (review := find_review_to_sign(draft, by, account)) is not None:
        named["review"] = review
    _append_event(EventKind.DRAFT_SIGNED, draft, signer, recorded_at, role=role, **named)
    return get_open_draft(name)


def _name_account(account: str) -> dict[str, Any]:
    """What an event says of the account that signs, where there is one."""
    return {"account": check_event_line(account, "--by")} if account else {}


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
    refuse_if_failing(catalogue)
    refuse_if_records_dropped(catalogue)
    refuse_if_proceeding_incomplete(catalogue, day, recorded_at)
    return enact_catalogue(catalogue, day, recorded_at)


@ledger.hold_append_lock()
def sign_retirement(
    name: str, day: date, basis: str, role: str, by: str, recorded_at: datetime, account: str = ""
) -> Enactment:
    """Signs that a catalogue is out of force from a day: once three people in three roles agree, its effects end then.

    The rules themselves are not read: they may be what cannot be worked with. `account` is as for a draft.
    """
    enactment = get_retirable(name)
    _refuse_if_unfit_to_retire(enactment, day, basis, role, by, recorded_at)
    _append_retirement(enactment, day, basis, role, check_event_line(by, "--by"), recorded_at, account)
    return get_retired(name)


@ledger.hold_append_lock()
def retire_catalogue_at_once(name: str, day: date, basis: str, recorded_at: datetime) -> Enactment:
    """The same in one go, by made-up people: in a demonstration only, and its events say so."""
    if not config.get_current_register().demonstration:
        raise BadInput(Message(EnactmentMessage.RETIREMENT_UNSIGNED, {"catalogue": name}), where="charter, article 23")
    enactment = get_retirable(name)
    for role in ROLES:
        _refuse_if_unfit_to_retire(enactment, day, basis, role, f"{DEMONSTRATION} {role}", recorded_at)
        _append_retirement(enactment, day, basis, role, f"{DEMONSTRATION} {role}", recorded_at)
    return get_retired(name)


def get_retirable(name: str) -> Enactment:
    """The newest enactment of a catalogue that is not out of force; raises NotFound and BadInput."""
    if (enactment := get_retired(name)).ends_on is not None:
        raise BadInput(Message(EnactmentMessage.RETIRED_ALREADY, {"catalogue": name, "day": enactment.ends_on}))
    return enactment


def get_retired(name: str) -> Enactment:
    """The newest enactment of a catalogue; raises NotFound."""
    if (enactment := find_newest_enactment(name)) is None:
        raise NotFound(Message(RegisterMessage.CATALOGUE_NOT_IN_FORCE, {"name": repr(name)}))
    return enactment


def _refuse_if_unfit_to_retire(
    enactment: Enactment, day: date, basis: str, role: str, by: str, recorded_at: datetime
) -> None:
    if role not in ROLES:
        raise BadInput(Message(RegisterMessage.SIGNING_ROLE_UNKNOWN, {"role": repr(role), "roles": ", ".join(ROLES)}))
    check_event_text(basis, "--basis")
    if day < recorded_at.date():
        raise BadInput(Message(EnactmentMessage.RETIRED_BACKWARDS, {"day": day, "today": recorded_at.date()}))
    agreed = enactment.retirement
    if agreed and (agreed.day, agreed.basis) == (day, basis):
        _refuse_if_signed(agreed, role, by)


def _refuse_if_signed(agreed: Retirement, role: str, by: str) -> None:
    signers = {signature.role: signature.by for signature in agreed.counting}
    if role in signers:
        raise BadInput(
            Message(RegisterMessage.SIGNED_ALREADY, {"person": signers[role], "role": role}),
            remedy=", ".join(agreed.unsigned),
        )
    if fold_looks(by) in map(fold_looks, signers.values()):
        raise BadInput(Message(RegisterMessage.SIGNED_IN_ANOTHER_ROLE, {"person": by}))


def _append_retirement(
    enactment: Enactment, day: date, basis: str, role: str, by: str, recorded_at: datetime, account: str = ""
) -> None:
    name, version, digest = enactment.key
    content = {"name": name, "version": version, "digest": digest, "by": by, "role": role, "text": basis}
    content |= {"day": day.isoformat(), **_name_account(account)}
    ledger.append([ledger.EventDraft(EventKind.DRAFT_WITHDRAWN, content)], recorded_at, load_signer())


@ledger.hold_append_lock()
def enact_catalogue_at_once(catalogue: Catalogue, day: date, recorded_at: datetime) -> int:
    """The whole proceeding in one go, by made-up people: in a demonstration only, and its events say so."""
    if not config.get_current_register().demonstration:
        raise CatalogueError(
            Message(RegisterMessage.CATALOGUE_UNDRAFTED, {"catalogue": catalogue.name}), where="charter, article 23"
        )
    refuse_if_breached(catalogue, day)
    refuse_if_failing(catalogue)
    refuse_if_records_dropped(catalogue)
    if not is_new_catalogue(catalogue):
        return ledger.get_ledger_size()
    _append_event(
        EventKind.CATALOGUE_DRAFTED, catalogue, f"{DEMONSTRATION} author", recorded_at, 0, files=catalogue.files
    )
    draft = get_open_draft(catalogue.name)
    for role in ROLES:
        _append_event(EventKind.DRAFT_SIGNED, draft, f"{DEMONSTRATION} {role}", recorded_at, role=role)
    return enact_catalogue(catalogue, day, recorded_at)
