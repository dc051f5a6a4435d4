"""How a reviewer answers what the records of a draft really record, and what was answered of earlier versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.wrong_values import refuse_if_problems
from goodstanding.charter.review.answers import Answer, list_answer_problems
from goodstanding.errors import BadInput, CatalogueError
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, RegisterMessage, ReviewMessage
from goodstanding.plain_text import fold_looks
from goodstanding.register.rules.drafts import CatalogueDraft, get_open_draft, load_draft_rules
from goodstanding.register.rules.enactment_history import (
    find_newest_enactment,
    find_open_proceeding,
    list_enactments,
)
from goodstanding.register.rules.enactments import enactment_fold
from goodstanding.register.rules.enactments.draft_reviews import RecordedReview
from goodstanding.register.rules.enactments.enactment_fold import Enactment
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.event_text import check_event_line
from goodstanding.register.storage.lifecycle import load_signer

REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class ReviewedAnswer:
    """An answer that a signature covers, and the version with which it was given first to this definition."""

    answer: Answer
    since_version: int


@dataclass(frozen=True, slots=True)
class CatalogueReview:
    """Who answered what the records of a catalogue really record, when and in which event; the answers by place."""

    by: str
    instant: datetime
    position: int
    signed: bool
    answers: Mapping[str, ReviewedAnswer]


@ledger.hold_append_lock()
def append_review(
    name: str, answers: Iterable[Answer], by: str, recorded_at: datetime, account: str = ""
) -> CatalogueDraft:
    """Takes in the reviewer's answers to every question of an open draft, until a reviewer has signed it.

    They can be given anew: the signature covers the newest of who signs.
    """
    draft, answers = get_open_draft(name), tuple(answers)
    _refuse_if_signed(draft, check_event_line(by, "--by"))
    refuse_if_problems(
        CatalogueError(problem, where=place)
        for place, problem in list_answer_problems(load_draft_rules(draft), answers)
    )
    content: dict[str, Any] = {"name": name, "version": draft.version, "digest": draft.digest}
    content |= {"by": check_event_line(by, "--by"), "answers": [build_answer_body(answer) for answer in answers]}
    content |= {"account": check_event_line(account, "--by")} if account else {}
    ledger.append([ledger.EventDraft(EventKind.DRAFT_REVIEWED, content)], recorded_at, load_signer())
    return get_open_draft(name)


def build_answer_body(answer: Answer) -> dict[str, Any]:
    """An answer as the body of an event has it."""
    return asdict(answer) | {"about": list(answer.about)}


def _refuse_if_signed(draft: CatalogueDraft, by: str) -> None:
    if signer := draft.signers.get(REVIEWER):
        params = {"person": signer, "role": REVIEWER}
        raise BadInput(Message(RegisterMessage.SIGNED_ALREADY, params), remedy=", ".join(draft.unsigned))
    if fold_looks(by) in map(fold_looks, draft.signers.values()):
        raise BadInput(Message(RegisterMessage.SIGNED_IN_ANOTHER_ROLE, {"person": by}))


def find_review_to_sign(draft: CatalogueDraft, by: str, account: str) -> int | None:
    """The position of the answers that a reviewer's signature covers; raises CatalogueError where something lacks.

    In a demonstration, whose people are made up, nothing is asked.
    """
    proceeding = find_open_proceeding((draft.catalogue, draft.version, draft.digest))
    reviews = [review for review in (proceeding.reviews if proceeding else ()) if review.is_by(by, account)]
    if enactment_fold.needs_proceeding():
        _refuse_if_incomplete(draft, reviews[-1] if reviews else None)
    return reviews[-1].position if reviews else None


def _refuse_if_incomplete(draft: CatalogueDraft, review: RecordedReview | None) -> None:
    answers = review.answers if review else ()
    if problem := next(list_answer_problems(load_draft_rules(draft), answers), None):
        params = {"catalogue": draft.catalogue, "place": problem[0], "problem": problem[1]}
        raise CatalogueError(Message(ReviewMessage.REVIEW_INCOMPLETE, params), where="charter, article 23")


def list_answers_so_far(draft: CatalogueDraft) -> dict[str, Answer]:
    """The newest answers to each question, by place: to the draft itself, else those of the version before it."""
    proceeding = find_open_proceeding((draft.catalogue, draft.version, draft.digest))
    reviews = [_find_signed_review(enactment) for enactment in list_enactments(draft.catalogue)]
    reviews += proceeding.reviews if proceeding else ()
    return {answer.place: answer for review in reviews if review for answer in review.answers}


def find_signed_review(catalogue: Catalogue, position: int) -> CatalogueReview | None:
    """The answers under which the event at a position put rules into force; None where nobody answered."""
    review: CatalogueReview | None = None
    for enactment in list_enactments(catalogue.name):
        if recorded := _find_signed_review(enactment):
            review = _continue_review(recorded, review, enactment.key[1], signed=True)
        if enactment.position == position:
            return review if recorded else None
    return None


def find_open_review(catalogue: Catalogue) -> CatalogueReview | None:
    """The newest answers to a draft that is not in force yet; None where there is no such draft, or nobody answered."""
    proceeding = find_open_proceeding((catalogue.name, catalogue.version, catalogue.digest))
    if proceeding is None or not proceeding.reviews:
        return None
    newest = find_newest_enactment(catalogue.name)
    before = find_signed_review(catalogue, newest.position) if newest else None
    return _continue_review(proceeding.reviews[-1], before, catalogue.version, signed=False)


def _continue_review(
    recorded: RecordedReview, before: CatalogueReview | None, version: int, signed: bool
) -> CatalogueReview:
    earlier = before.answers if before else {}
    answers = {answer.place: _follow(answer, earlier, version) for answer in recorded.answers}
    return CatalogueReview(recorded.by, recorded.instant, recorded.position, signed, answers)


def _follow(answer: Answer, before: Mapping[str, ReviewedAnswer], version: int) -> ReviewedAnswer:
    """An answer with the first version since which it is the same, to the same definition."""
    earlier = before.get(answer.place)
    return earlier if earlier and earlier.answer == answer else ReviewedAnswer(answer, version)


def _find_signed_review(enactment: Enactment) -> RecordedReview | None:
    proceeding = enactment.proceeding
    signatures = [sign for sign in (proceeding.signatures if proceeding else ()) if sign.role == REVIEWER]
    reviews = [proceeding.find_covered_review(signature) for signature in signatures] if proceeding else []
    return next((review for review in reviews if review), None)
