"""Whether an enactment had its proceeding (charter, article 23), and whether its rules were taken out of force again.

The ledger alone is asked: the events in their order and the instants at which they were recorded, never the days that
somebody wrote into them. Whoever wants to know what is in force asks here: pages, tables, verification and enactment.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from goodstanding import charter
from goodstanding.catalogue import Catalogue
from goodstanding.errors import CatalogueError
from goodstanding.messages import EnactmentMessage, Message
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.rules.drafts import RulesKey
from goodstanding.register.rules.enactments import enactment_fold
from goodstanding.register.rules.enactments.draft_reviews import build_review_fault
from goodstanding.register.rules.enactments.enactment_fold import (
    ASKS_ACCOUNTS,
    PROCEEDINGS,
    DraftProceeding,
    Enactment,
    list_counting_signatures,
    list_unsigned_roles,
)


def find_enactment(position: int, size: int | None = None) -> Enactment | None:
    """The enactment at a position of the ledger, if there is one, with what was known of it at a ledger size."""
    enactment = PROCEEDINGS.as_of(size).get(position)
    return enactment if isinstance(enactment, Enactment) else None


def find_open_proceeding(key: RulesKey) -> DraftProceeding | None:
    """What the ledger says of the draft of rules, by name, version and digest, that were not put into force yet."""
    draft = PROCEEDINGS.items().get(key)
    return draft if isinstance(draft, DraftProceeding) else None


def list_enactments(name: str) -> list[Enactment]:
    """Every event that put rules into force under a catalogue's name, oldest first."""
    return [item for item in PROCEEDINGS.items().values() if isinstance(item, Enactment) and item.key[0] == name]


def find_newest_enactment(name: str) -> Enactment | None:
    """The newest event that put rules into force under a catalogue's name, whether they can be read or not."""
    return _list_newest_enactments().get(name)


def list_ends() -> dict[str, date]:
    """The days on which catalogues are out of force, of those that three people took out of it."""
    ends = ((name, enactment.ends_on) for name, enactment in _list_newest_enactments().items())
    return {name: day for name, day in ends if day is not None}


def _list_newest_enactments() -> dict[str, Enactment]:
    history = PROCEEDINGS.items().values()
    return {enactment.key[0]: enactment for enactment in history if isinstance(enactment, Enactment)}


def list_enactment_faults(position: int, catalogue: Catalogue) -> tuple[Message, ...]:
    """What was left out or done too early before rules were put into force by the event at a position.

    Nothing is asked of a demonstration, whose people are made up; whether it is one, its first event says.
    """
    if not enactment_fold.needs_proceeding():
        return ()
    enactment = find_enactment(position)
    if enactment is None:
        return (Message(EnactmentMessage.ENACTED_WITHOUT_DRAFT),)
    return _list_faults(enactment, catalogue)


def refuse_if_proceeding_incomplete(catalogue: Catalogue, day: date, instant: datetime) -> None:
    """Nothing, or CatalogueError where rules that were put into force now would be without effect."""
    key = (catalogue.name, catalogue.version, catalogue.digest)
    enactment = Enactment(0, key, instant, day, charter.VERSION, find_open_proceeding(key))
    if enactment_fold.needs_proceeding() and (faults := _list_faults(enactment, catalogue)):
        raise CatalogueError(faults[0], where="charter, article 23")


@lru_cache(maxsize=512)
def _list_faults(enactment: Enactment, catalogue: Catalogue) -> tuple[Message, ...]:
    draft = enactment.proceeding
    if draft is None or draft.withdrawn or draft.files_digest != catalogue.digest:
        return (Message(EnactmentMessage.ENACTED_WITHOUT_DRAFT),)
    faults: tuple[Message, ...] = ()
    draft = replace(draft, signatures=list_counting_signatures(draft.signatures, enactment.charter))
    if enactment.charter >= ASKS_ACCOUNTS:
        draft, faults = _drop_uncovered_signatures(draft, catalogue)
    faults += _list_draft_faults(draft, catalogue, enactment.instant)
    if enactment.day != compute_local_day(enactment.instant, catalogue):
        params = {"day": enactment.day, "recorded_at": enactment.instant.isoformat()}
        faults = (*faults, Message(EnactmentMessage.ENACTED_ON_ANOTHER_DAY, params))
    return faults


def _drop_uncovered_signatures(
    draft: DraftProceeding, catalogue: Catalogue
) -> tuple[DraftProceeding, tuple[Message, ...]]:
    """Without a reviewer's signatures that cover no answers, or not all that are asked; why, where none is left."""
    faults = {
        signature: build_review_fault(catalogue, draft.find_covered_review(signature))
        for signature in draft.signatures
        if signature.role == "reviewer"
    }
    kept = tuple(signature for signature in draft.signatures if faults.get(signature) is None)
    reasons = () if None in faults.values() else tuple(fault for fault in faults.values() if fault)
    return replace(draft, signatures=kept), reasons[:1]


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
    if unsigned := list_unsigned_roles(after_answers):
        faults.append(Message(EnactmentMessage.ENACTED_WITHOUT_SIGNATURES, {"roles": ", ".join(unsigned)}))
    return tuple(faults)


def _compute_last_comment_day(draft: DraftProceeding, catalogue: Catalogue) -> date:
    """The last day of comments: as many days after publication as the rules say, or longer where that was promised."""
    days = catalogue.answers.comment_days if catalogue.answers else 0
    return max(compute_local_day(draft.instant, catalogue) + timedelta(days=days), draft.promised_until)
