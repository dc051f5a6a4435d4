"""Each record that was drawn, beside the reviewer's answers, as the overseer looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.charter.review.answers import Answer
from goodstanding.oversight.record_samples.sample_draw import SampledRecord, draw_sample
from goodstanding.oversight.record_samples.sample_findings import SampleFinding, list_sample_findings
from goodstanding.register.files.records import Record, find_record
from goodstanding.register.files.subjects import get_subject
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.rules.enactments.review_acts import find_signed_review

_Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class SampledField:
    """A field of a record that was drawn: its value, and what the reviewer says of the field and of the code."""

    field: str
    value: str
    answer: Answer | None
    code: Answer | None


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """A record that was drawn, about whom it is, what the reviewer says of its type and fields, and what was found."""

    position: int
    catalogue: str
    record: str
    subject: str
    source: str
    occurred: date
    answer: Answer | None
    fields: tuple[SampledField, ...]
    finding: SampleFinding | None


def list_sample_sheets(year: int, at: date) -> list[SampleSheet]:
    """The records drawn of a year whose rules can be read; raises BadDay for a year that is not over."""
    findings, answers = list_sample_findings(year), _list_answers()
    return list(_iterate_sheets(draw_sample(year, at), findings, answers))


def _list_answers() -> dict[str, _Answers]:
    """By catalogue in force, what its reviewer answered at each place."""
    answers = dict[str, _Answers]()
    for name, enacted in list_enacted().items():
        review = find_signed_review(enacted.catalogue, enacted.position)
        answers[name] = {place: reviewed.answer for place, reviewed in review.answers.items()} if review else {}
    return answers


def _iterate_sheets(
    drawn: tuple[SampledRecord, ...], findings: Mapping[int, SampleFinding], answers: Mapping[str, _Answers]
) -> Iterator[SampleSheet]:
    for sampled in drawn:
        if subject_and_record := find_record(sampled.position):
            subject_id, record = subject_and_record
            finding = findings.get(sampled.position)
            yield _build_sheet(record, get_subject(subject_id).identifier, answers.get(record.catalogue, {}), finding)


def _build_sheet(record: Record, subject: str, answers: _Answers, finding: SampleFinding | None) -> SampleSheet:
    place = f"records.{record.record}"
    fields = tuple(
        SampledField(
            name,
            "" if value is None else str(value),
            answers.get(f"{place}.fields.{name}"),
            answers.get(f"{place}.fields.{name}.one_of.{value}"),
        )
        for name, value in record.fields.items()
    )
    return SampleSheet(
        record.position, record.catalogue, record.record, subject, record.source_name, record.occurred,
        answers.get(place), fields, finding,
    )  # fmt: skip
