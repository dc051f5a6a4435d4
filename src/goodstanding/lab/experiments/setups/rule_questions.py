"""Asking the rules about many made-up subjects at once: findings in, grades and points out, no condition repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from goodstanding import standing
from goodstanding.catalogue import Catalogue
from goodstanding.effects import RECORDS, compute_intervals

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings of made-up subjects: of whom, how many days after the rules' first day, and their fields as JSON."""

    subjects: Integers
    days: Integers
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grades:
    """The grade of each subject, and its points; empty and 0 where it has no finding."""

    grades: NDArray[np.object_]
    points: Integers


def ask_grades(catalogue: Catalogue, scheme: str, findings: Findings, subjects: int) -> Grades:
    """The grades of so many subjects, numbered from 0, on the day of the last finding of all: one question."""
    records = _build_records(catalogue, scheme, findings)
    last_day = pc.max(records["occurred"])
    points = pa.table({"subject_id": np.arange(subjects), "day": pa.repeat(last_day, subjects)})
    effects = standing.evaluate(records, compute_intervals(records, catalogue), catalogue, points)
    graded = effects.filter(pc.equal(effects["measure"], scheme))
    answered = graded["subject_id"].to_numpy()
    answers = Grades(np.full(subjects, "", dtype=object), np.zeros(subjects, dtype=np.int64))
    answers.grades[answered] = graded["value"].to_numpy(zero_copy_only=False)
    answers.points[answered] = graded["score"].to_numpy()
    return answers


def ask_steps(catalogue: Catalogue, scheme: str, fields: Sequence[str]) -> Integers:
    """For how much a finding with each of these fields counts under a scheme of points: one question."""
    numbers = np.arange(len(fields))
    records = _build_records(catalogue, scheme, Findings(numbers, np.zeros_like(numbers), fields))
    matches = standing.match_records(records, catalogue, scheme)
    steps = np.zeros(len(fields), dtype=np.int64)
    np.add.at(steps, matches["position"].to_numpy(), matches["points"].to_numpy())
    return steps


def grade_totals(catalogue: Catalogue, scheme: str, totals: Integers) -> Grades:
    """The grades of sums of such steps, by the scheme's bounds and bands, of which the first that fits counts.

    Only for a scheme whose steps neither end nor fade and have no cap of their own.
    """
    rules = catalogue.schemes[scheme]
    points = np.clip((rules.base or 0) + totals, rules.floor, rules.cap)
    grades = np.full(len(points), "", dtype=object)
    for band in reversed(rules.bands):
        least, most = (
            (-np.inf if band.at_least is None else band.at_least),
            (np.inf if band.at_most is None else band.at_most),
        )
        grades[(least <= points) & (points <= most)] = band.grade
    return Grades(grades, points)


def _build_records(catalogue: Catalogue, scheme: str, findings: Findings) -> pa.Table:
    size = len(findings.subjects)
    first_day = np.datetime64(catalogue.in_force, "D")
    columns = {
        "position": np.arange(size),
        "subject_id": findings.subjects,
        "record": pa.repeat(catalogue.schemes[scheme].record, size),
        "source": pa.repeat(catalogue.sources[0].id, size),
        "reference": pa.repeat("", size),
        "about": pa.nulls(size, pa.string()),
        "occurred": pa.array(first_day + findings.days, pa.date32()),
        "fields": pa.array(findings.fields, pa.string()),
        "published": pa.nulls(size, pa.string()),
    }
    return pa.table(columns, schema=RECORDS)
