"""How tests put rules into force: by one event in most registers, and by their whole proceeding where that is asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from goodstanding.catalogue import Catalogue
from goodstanding.charter.review.answers import Answer
from goodstanding.charter.review.questions import Question, list_questions

ACCOUNTS = {"author": "source:E07000061", "reviewer": "decider:board", "overseer": "overseer:"}
PEOPLE = {"author": "Ada", "reviewer": "Ben", "overseer": "Chen 陈"}
_ASKED: list[Any] = []


def spare_proceedings() -> None:
    """From now on in this process rules are in force by their event alone: most tests are about what comes after."""
    from goodstanding.register.rules.enactments import enactment_fold

    if not _ASKED:
        _ASKED.append(enactment_fold.needs_proceeding)
    enactment_fold.needs_proceeding = lambda: False


def get_asking_function() -> Any:
    """What the program itself asks whether rules need a proceeding here."""
    return _ASKED[0]


def answer_questions(catalogue: Catalogue) -> tuple[Answer, ...]:
    """An answer to each question of a catalogue that its model lets stand."""
    return tuple(
        Answer(question.place, question.digest, f"What the source itself writes at {question.place}", about)
        for question in list_questions(catalogue)
        for about in [_name_whom(question)]
    )


def _name_whom(question: Question) -> tuple[str, ...]:
    of_person = "asking-person" if question.states == "disclosure" else "person-under-judgment"
    words = dict.fromkeys(of_person if kind == "person" else "organisation" for kind in question.concerns)
    return (*words, *(["official"] if question.part == "field" and question.kind == "official" else []))


def enact_by_proceeding(catalogue: Catalogue, enacted_at: datetime) -> None:
    """Draft, days to comment, three signatures and enactment, the last at an instant; the ledger may not be newer."""
    from goodstanding.register.rules.enactment import enact_draft, publish_draft, sign_draft
    from goodstanding.register.rules.enactments.review_acts import append_review

    days = catalogue.answers.comment_days if catalogue.answers else 0
    publish_draft(catalogue, "Ada", enacted_at - timedelta(days=days + 2))
    append_review(catalogue.name, answer_questions(catalogue), PEOPLE["reviewer"], enacted_at, ACCOUNTS["reviewer"])
    for role, person in PEOPLE.items():
        sign_draft(catalogue.name, role, person, enacted_at, ACCOUNTS[role])
    enact_draft(catalogue.name, enacted_at.date(), enacted_at)
