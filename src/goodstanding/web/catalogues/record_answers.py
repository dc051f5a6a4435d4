"""What the reviewer says that records really record, beside what the rules say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goodstanding.catalogue import Catalogue
from goodstanding.charter.vocabulary import get_word_title
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.rules.enacted_catalogues import EnactedCatalogue
from goodstanding.register.rules.enactments.review_acts import (
    CatalogueReview,
    ReviewedAnswer,
    find_open_review,
    find_signed_review,
)
from goodstanding.web.catalogues.schemas import (
    AnswerSchema,
    CatalogueReviewSchema,
    CatalogueSection,
    CodeAnswer,
    FieldLine,
    RuleLine,
)

_Answers = Mapping[str, ReviewedAnswer]


def find_catalogue_review(catalogue: Catalogue, enacted: EnactedCatalogue | None) -> CatalogueReview | None:
    """The answers under which rules are in force here, or the newest to a draft of them."""
    return find_signed_review(catalogue, enacted.position) if enacted else find_open_review(catalogue)


def present_review(catalogue: Catalogue, review: CatalogueReview) -> CatalogueReviewSchema:
    """Who answered, and when."""
    day = compute_local_day(review.instant, catalogue)
    return CatalogueReviewSchema(by=review.by, day=day, position=review.position, signed=review.signed)


def add_answers(
    catalogue: Catalogue, sections: Sequence[CatalogueSection], review: CatalogueReview | None
) -> list[CatalogueSection]:
    """The sections of a catalogue, each record type and field with what the reviewer says of it."""
    if review is None:
        return list(sections)
    return [_add_to_section(catalogue, section, review.answers) for section in sections]


def _add_to_section(catalogue: Catalogue, section: CatalogueSection, answers: _Answers) -> CatalogueSection:
    groups = [
        group.model_copy(update={"lines": [_add_to_line(catalogue, line, answers) for line in group.lines]})
        for group in section.groups
    ]
    return section.model_copy(update={"groups": groups})


def _add_to_line(catalogue: Catalogue, line: RuleLine, answers: _Answers) -> RuleLine:
    part, _slash, name = line.place.partition("/")
    if part != "records" or name not in catalogue.records:
        return line
    place = f"records.{name}"
    conduct = _present_codes(f"{place}.conduct", catalogue.records[name].conduct, answers)
    fields = [_add_to_field(catalogue, name, field, answers) for field in line.fields]
    return line.model_copy(update={"answer": _find_answer(place, answers), "codes": conduct, "fields": fields})


def _add_to_field(catalogue: Catalogue, record: str, field: FieldLine, answers: _Answers) -> FieldLine:
    place, codes = f"records.{record}.fields.{field.field}", catalogue.records[record].fields[field.field].one_of
    added = {"answer": _find_answer(place, answers), "codes": _present_codes(f"{place}.one_of", codes, answers)}
    return field.model_copy(update=added)


def _present_codes(place: str, codes: Sequence[str], answers: _Answers) -> list[CodeAnswer] | None:
    answered = ((code, _find_answer(f"{place}.{code}", answers)) for code in codes)
    return [CodeAnswer(code=code, answer=answer) for code, answer in answered if answer] or None


def _find_answer(place: str, answers: _Answers) -> AnswerSchema | None:
    if (reviewed := answers.get(place)) is None:
        return None
    about = [get_word_title("about", word) for word in reviewed.answer.about]
    return AnswerSchema(records=reviewed.answer.records, about=about, since_version=reviewed.since_version)
