"""The command by which a reviewer answers what the records of a draft really record, and about whom."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.cli.accounts.terminal_sign_in import find_signing_account, sign_by
from goodstanding.cli.options import Json, now, open_chosen_register, read_text_file
from goodstanding.cli.output import print_line, print_result
from goodstanding.errors import BadInput

if TYPE_CHECKING:
    from goodstanding.register.rules.drafts import CatalogueDraft

_FILE_HELP = "The questions with your answers; else they are printed, with the answers so far."


def review_catalogue_draft(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    answers: Annotated[Path | None, typer.Option("--answers", metavar="FILE", help=_FILE_HELP)] = None,
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="The reviewer, who signs the draft too.")] = "",
    json: Json = False,
) -> None:
    """Prints what a reviewer answers of each record type, field and code of a draft, or takes the answers in."""
    from goodstanding.register.rules.drafts import get_open_draft

    if (answers is None) != (not by):
        raise BadInput(
            "Answers are of somebody.", where="--answers, --by", remedy="--answers FILE --by WHO, or neither"
        )
    with open_chosen_register():
        if answers is None:
            _print_questions(get_open_draft(name), json)
        else:
            reviewed = _take_answers(name, answers, by)
            print_result(
                reviewed, json, lambda shown: print_line(f"Every question about {shown.catalogue} is answered")
            )


def _print_questions(draft: CatalogueDraft, json: bool) -> None:
    from goodstanding.charter.review.answer_sheet import render_answer_sheet
    from goodstanding.charter.review.questions import list_questions
    from goodstanding.register.rules.drafts import load_draft_rules
    from goodstanding.register.rules.enactments.review_acts import list_answers_so_far

    catalogue, so_far = load_draft_rules(draft), list_answers_so_far(draft)
    if not json:
        sys.stdout.write(render_answer_sheet(catalogue, so_far))
        return
    questions = [
        {"place": question.place, "definition": question.digest, "defines": question.definition}
        | {"answer": answer if answer and answer.definition == question.digest else None}
        for question in list_questions(catalogue)
        for answer in [so_far.get(question.place)]
    ]
    print_result(questions, json, lambda _questions: None)


def _take_answers(name: str, file: Path, by: str) -> CatalogueDraft:
    from goodstanding.charter.review.answer_sheet import parse_answer_sheet
    from goodstanding.register.rules.drafts import get_open_draft, load_draft_rules
    from goodstanding.register.rules.enactments.review_acts import append_review

    text = read_text_file(file)
    answers = parse_answer_sheet(load_draft_rules(get_open_draft(name)), text, file.name)
    signer = sign_by(by)
    return append_review(name, answers, signer, now(), find_signing_account(signer))


COMMANDS = {"review": review_catalogue_draft}
