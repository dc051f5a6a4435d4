"""A reviewer's answers as an event has them, and whether they are what the charter asks for (article 23)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from goodstanding.catalogue import Catalogue
from goodstanding.charter.review.answers import Answer, list_answer_problems
from goodstanding.messages import Message, ReviewMessage
from goodstanding.plain_text import fold_looks


@dataclass(frozen=True, slots=True)
class RecordedReview:
    """Who answered the questions of a draft, by which account, and in which event; `digest` stands for the answers."""

    by: str
    account: str
    instant: datetime
    position: int
    digest: str
    answers: tuple[Answer, ...] = field(compare=False, repr=False)

    def is_by(self, person: str, account: str) -> bool:
        """Whether this person answered, by this account."""
        return bool(person) and (fold_looks(self.by), self.account) == (fold_looks(person), account)

    def find_problem(self, catalogue: Catalogue) -> tuple[str, Message] | None:
        """The first place whose answer is missing, or is none, and why."""
        return next(list_answer_problems(catalogue, self.answers), None)


def build_recorded_review(
    by: str, account: str, instant: datetime, position: int, answers: tuple[Answer, ...]
) -> RecordedReview:
    """The answers that an event has; they are compared by their digest, for there are many."""
    digest = hashlib.sha256(repr(answers).encode(errors="surrogatepass")).hexdigest()
    return RecordedReview(by, account, instant, position, digest, answers)


def build_review_fault(catalogue: Catalogue, review: RecordedReview | None) -> Message | None:
    """Why a reviewer's signature that covers these answers does not count; None where it does."""
    if review is None:
        params: dict[str, object] = {"place": "records", "problem": Message(ReviewMessage.REVIEW_OF_ANOTHER)}
    elif problem := review.find_problem(catalogue):
        params = {"place": problem[0], "problem": problem[1]}
    else:
        return None
    return Message(ReviewMessage.REVIEW_UNSIGNED, params)
