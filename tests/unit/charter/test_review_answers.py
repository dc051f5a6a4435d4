"""What a reviewer's answer must be, which questions there are, and the sheet on which they are asked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from tests.law.sound import load_sound_catalogue
from tests.proceedings import answer_questions

from goodstanding.catalogue import Catalogue, load_files, load_library
from goodstanding.charter.review.answer_sheet import parse_answer_sheet, render_answer_sheet
from goodstanding.charter.review.answers import Answer, list_answer_problems
from goodstanding.charter.review.questions import list_questions
from goodstanding.errors import CatalogueError

SOUND = load_sound_catalogue()
LIBRARY = load_library()
ANSWERS = answer_questions(SOUND)
ABLE = "records.order.fields.able"
NO_ANSWERS = {
    "nothing": "", "spaces": " \u3000 ", "signs": "– … – … –", "two words": "it says", "one word, again": "yes yes yes",
    "a control": "what the court\x1b[2J writes", "several lines": "what the\ncourt writes",
    "turned round": "what the \u202ecourt writes", "endless": "word " * 200 + "end", "its title": "Able to pay.",
}  # fmt: skip
CONTRADICTIONS = {
    "a person where there are none": ("records.visit", "person-under-judgment"),
    "a person beside the organisation": ("records.visit.fields.score", "organisation person-under-judgment"),
    "persons left out": ("records.order", "organisation"), "a record about nobody": ("records.honour", "nobody"),
    "conduct of an official": ("records.finding.conduct.procurement-fraud", "official"),
    "no judgment": ("records.loan-request", "person-under-judgment"), "a person otherwise": (ABLE, "person"),
    "an official left out": ("records.finding.fields.decided_by", "nobody"), "nobody named": (ABLE, ""),
    "somebody and nobody": ("records.order.fields.study", "organisation nobody"),
    "a family": ("records.order.fields.place.one_of.south", "family"),
}  # fmt: skip


def _change(place: str, **details: object) -> tuple[Answer, ...]:
    return tuple(replace(answer, **details) if answer.place == place else answer for answer in ANSWERS)  # type: ignore[arg-type]


def _list_wrong_places(answers: tuple[Answer, ...], catalogue: Catalogue = SOUND) -> list[str]:
    return [place for place, _problem in list_answer_problems(catalogue, answers)]


@pytest.mark.parametrize("text", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_an_answer_without_words_of_its_own_is_none(text: str) -> None:
    """Blank, too short, too long, with what no text has, or the name that the rules give; each says what is right."""
    [(place, problem)] = list_answer_problems(SOUND, _change(ABLE, records=text))
    assert place == ABLE
    assert problem.render_remedy()


@pytest.mark.parametrize(("place", "about"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_an_answer_that_contradicts_the_model_is_a_breach(place: str, about: str) -> None:
    """About a person where the rules let none in, about nobody, silent on whom they let in, or on the official."""
    [(wrong_place, problem), *_others] = list_answer_problems(SOUND, _change(place, about=tuple(about.split())))
    assert wrong_place == place
    assert "about: " in problem.render_remedy()


def test_a_person_otherwise_is_refused_with_the_articles_that_refuse_it() -> None:
    """The charter lets persons in by a court's order or at their own request, and by nothing else."""
    [(_place, problem)] = list_answer_problems(SOUND, _change(ABLE, about=("person",)))
    assert "articles 3 and 4" in str(problem)
    assert "person-under-judgment" in problem.render_remedy()
    assert "articles 2 and 3" in problem.render_remedy()


@pytest.mark.parametrize(
    "text", ["Was der Kontrolleur einträgt", "检查员的评分", "ما كتبه المفتش", "τι γράφει ο ελεγκτής"]
)
def test_an_answer_may_be_in_any_language(text: str) -> None:
    """Also in a script without spaces or capitals."""
    assert _list_wrong_places(_change(ABLE, records=text)) == []


@pytest.mark.parametrize("name", [name for name, catalogue in LIBRARY.items() if catalogue.mode == "live"])
def test_every_catalogue_of_the_library_can_be_answered(name: str) -> None:
    """Each question has an answer that its rules let stand, and no two have one place."""
    questions = list_questions(LIBRARY[name])
    assert len({question.place for question in questions}) == len(questions)
    assert _list_wrong_places(answer_questions(LIBRARY[name]), LIBRARY[name]) == []


def _list_asked_again(file: str, before: str, after: str) -> set[str]:
    """The questions of the hygiene catalogue that a change of a file asks again."""
    hygiene = LIBRARY["uk-food-hygiene"]
    assert before in hygiene.files[file]
    changed = load_files(hygiene.files | {file: hygiene.files[file].replace(before, after, 1)})
    asked_before = {question.place: question.digest for question in list_questions(hygiene)}
    return {
        question.place for question in list_questions(changed) if asked_before.get(question.place) != question.digest
    }


def test_a_new_version_asks_again_only_what_changed() -> None:
    """A field whose feed reads another column is another field; a word of the source is what its code means."""
    ask = partial(_list_asked_again, "feeds/uk-fhrs.yaml")
    assert _list_asked_again("catalogue.yaml", "summary: ", "summary: Anew. ") == set()
    assert ask("Exempt: exempt", "Exempted: exempt") >= {
        "records.inspection.fields.status", "records.inspection.fields.status.one_of.exempt",
    }  # fmt: skip
    again = ask("  hygiene: hygiene", "  hygiene: structural")
    assert again == {place for place in again if place.startswith("records.inspection.fields.hygiene")}
    assert len(again) == 1 + len(LIBRARY["uk-food-hygiene"].records["inspection"].fields["hygiene"].one_of)


def test_a_sheet_that_is_filled_in_gives_the_answers() -> None:
    """And one that is printed again has them filled in, each under its definition."""
    sheet = render_answer_sheet(SOUND, {answer.place: answer for answer in ANSWERS})
    assert parse_answer_sheet(SOUND, sheet, "answers.yaml") == ANSWERS
    assert "  # kind: ability" in sheet.splitlines()


def test_an_earlier_answer_is_not_filled_in_where_the_definition_changed() -> None:
    """Whoever reviews reads what is new, and answers that."""
    changed = load_sound_catalogue(("title: Able to pay", "title: Able or willing to pay"))
    sheet = render_answer_sheet(changed, {answer.place: answer for answer in ANSWERS})
    with pytest.raises(CatalogueError) as refused:
        parse_answer_sheet(changed, sheet, "answers.yaml")
    wheres = [str(problem.where) for problem in (refused.value, *refused.value.others)]
    assert all("fields.able" in where and "answers.yaml, line " in where for where in wheres)
    assert len(wheres) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("version: 1", "version: 2"), (f"digest: {SOUND.digest}", f"digest: {'0' * 64}"),
        ("catalogue: sound", "catalogue: other"), ("answers:", "\tanswers:"),
        ("answers:", "answer:"), ("    about: [", "    whom: ["), ("about: [organisation", "about: [5"),
        ('    records: "What', '    records: ["What'), ('"records.order":', '"records.orders":'),
        ("answers:", "note: nothing\nanswers:"), ('"records.payment":', '"records.order":'),
        (f'definition: "{ANSWERS[0].definition}"', f'definition: "{ANSWERS[1].definition}"'),
    ],
)  # fmt: skip
def test_a_sheet_of_another_draft_or_form_is_refused_with_its_line(before: str, after: str) -> None:
    """Nothing is guessed: the line, and what would be right."""
    sheet = render_answer_sheet(SOUND, {answer.place: answer for answer in ANSWERS})
    assert before in sheet
    with pytest.raises(CatalogueError) as refused:
        parse_answer_sheet(SOUND, sheet.replace(before, after, 1), "answers.yaml")
    assert "answers.yaml, line " in str(refused.value.where)


def test_all_that_is_wrong_with_a_sheet_is_told_at_once() -> None:
    """Each with its line, and no question twice where nothing was answered."""
    with pytest.raises(CatalogueError) as refused:
        parse_answer_sheet(SOUND, render_answer_sheet(SOUND, {}), "answers.yaml")
    assert len((refused.value, *refused.value.others)) == len(list_questions(SOUND))
