"""Random histories under a random catalogue: cases as they should run, out of order, cut short, and by strangers."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from tests.random_catalogues.choices import Chooser
from tests.random_catalogues.rules import SOURCES

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import CaseRule, CaseStep, FieldRule
from goodstanding.effects import RECORDS

Row = dict[str, Any]
FIRST_DAY = date(2023, 11, 1)
GAPS = (-400, -30, -2, -1, 0, 1, 3, 5, 9, 10, 11, 12, 15, 16, 20, 31, 45, 80, 100, 400)
LAWFUL_GAPS = (16, 20, 31, 45, 90)
LATER = (0, 0, 1, 2, 5, 12, 14, 16, 20, 40, 100, 200, 370, 800, 1500, 2500)
FIELDS_AT_PLACES = {"told_on": 0, "decided_on": 1, "served_on": 2}
SUBJECTS = 6


def draw_histories(chooser: Chooser, catalogue: Catalogue) -> list[Row]:
    """The records of a few subjects, in the order in which they are stated; only sources with a mandate are let in."""
    rows = [
        row | {"subject_id": subject_id}
        for subject_id in range(1, SUBJECTS + 1)
        for row in _draw_subject(chooser, catalogue)
        if catalogue.has_mandate(row["source"], row["record"], row["occurred"])
    ]
    return [row | {"position": position} for position, row in enumerate(rows, 1)]


def build_record_table(rows: list[Row]) -> pa.Table:
    """The records in the columns that standing takes."""
    stated = [row | {"fields": json.dumps(row["fields"], default=str)} for row in rows]
    return pa.Table.from_pylist(stated, schema=RECORDS)


def _draw_subject(chooser: Chooser, catalogue: Catalogue) -> list[Row]:
    """One subject's records: of a case or two, and of what is graded."""
    rows = [
        row for name in catalogue.cases if chooser.is_so(70) for row in _draw_case(chooser, catalogue, name, name[0])
    ]
    rows += [row for scheme in catalogue.schemes for row in _draw_findings(chooser, catalogue, scheme)]
    if chooser.is_so(20):
        rows = chooser.shuffle(rows)
    return rows


def _draw_case(chooser: Chooser, catalogue: Catalogue, name: str, reference: str) -> list[Row]:
    case = catalogue.cases[name]
    notified = FIRST_DAY + timedelta(days=chooser.draw_number(0, 300))
    decided = notified + timedelta(
        days=chooser.pick((*GAPS, 16, 20, 31, 45) if chooser.is_so(40) else (16, 20, 31, 45, 90))
    )
    served = decided + timedelta(days=chooser.pick((0, 0, 1, 5, 40, -1)))
    places = (notified, decided, served)
    opening = _draw_row(chooser, catalogue, case.record, chooser.pick((*places, notified)), places)
    opening |= {"reference": reference, "about": None, "source": _pick_source(chooser, catalogue, case.record)}
    opening["published"] = chooser.pick([*case.steps]) if chooser.is_so(12) else None
    rows = [opening]
    for step in _choose_steps(chooser, case):
        day = _draw_step_day(chooser, step, places)
        row = _draw_row(chooser, catalogue, step.record or "", day, (notified, day, day))
        about = chooser.pick((reference, reference, f"{opening['source']}/{reference}"), ("other",))
        rows.append(row | {"about": about, "source": _pick_source(chooser, catalogue, step.record or "")})
    if chooser.is_so(6):  # a case of the same number, which another source opens
        rows.append(opening | {"source": _pick_source(chooser, catalogue, case.record), "occurred": notified})
    return rows


def _choose_steps(chooser: Chooser, case: CaseRule) -> list[CaseStep]:
    """The steps that somebody states: those that lead to a decision mostly, others now and then, some twice."""
    stated = [step for step in case.steps.values() if step.record]
    leading = [
        step for step in stated if step.role in ("notice", "decision", "service") and "contested" not in step.after
    ]
    further = [step for step in stated if step not in leading]
    chosen = chooser.choose_some(leading, 85)
    count = chooser.pick((0, 1, 1, 2, 3, 4)) if further else 0
    return [*chosen, *(chooser.pick(further) for _ in range(count))]


def _is_leading(step: CaseStep) -> bool:
    """Whether a step leads to a decision, or serves it: a later one answers an appeal."""
    return step.role in ("notice", "decision", "service") and "contested" not in step.after


def _draw_step_day(chooser: Chooser, step: CaseStep, places: tuple[date, date, date]) -> date:
    notified, decided, served = places
    if _is_leading(step) and chooser.is_so(90):
        return {"notice": notified, "decision": decided, "service": served}[step.role]
    if chooser.is_so(15):
        return notified + timedelta(days=chooser.pick(GAPS))
    return decided + timedelta(days=chooser.pick(LATER))


def _draw_row(chooser: Chooser, catalogue: Catalogue, record: str, day: date, places: tuple[date, ...]) -> Row:
    fields = {
        name: _draw_value(chooser, name, field, day, places)
        for name, field in catalogue.records[record].fields.items()
        if not chooser.is_so(4)
    }
    reference = f"n{chooser.draw_number(0, 10**6)}"
    filled = {name: cell for name, cell in fields.items() if cell is not None}
    row: Row = {"record": record, "occurred": day, "fields": filled, "reference": reference}
    return row | {"about": None, "published": None}


def _draw_value(chooser: Chooser, name: str, field: FieldRule, day: date, places: tuple[date, ...]) -> Any:
    if field.type == "date":
        place = (
            places[FIELDS_AT_PLACES[name]] if name in FIELDS_AT_PLACES else day + timedelta(days=chooser.pick(LATER))
        )
        return place + timedelta(days=chooser.pick(GAPS)) if chooser.is_so(5) else place
    if field.type == "boolean":
        return chooser.is_so({"agreed": 85, "able": 85, "full": 70}.get(name, 15))
    if field.one_of:
        code = chooser.pick(field.one_of)
        return int(code) if field.type == "integer" else code
    if field.type == "integer":
        return chooser.draw_number(field.at_least or 0, field.at_most or 100)
    return "R. Example"


def _pick_source(chooser: Chooser, catalogue: Catalogue, record: str) -> str:
    """Mostly who may state it, and now and then anybody."""
    able = [source for source, kind in SOURCES.items() if kind in catalogue.records[record].by]
    everybody = [*SOURCES]
    source: str = chooser.pick(able if able and not chooser.is_so(15) else everybody)
    return source


def _draw_findings(chooser: Chooser, catalogue: Catalogue, name: str) -> list[Row]:
    scheme = catalogue.schemes[name]
    names = [*([scheme.starts_with] if scheme.starts_with else []), *[scheme.record] * chooser.pick((0, 1, 2, 3))]
    rows = []
    for record in names:
        day = FIRST_DAY + timedelta(days=chooser.draw_number(0, 2500))
        row = _draw_row(chooser, catalogue, record, day, (day, day, day))
        row["published"] = chooser.pick((None, *scheme.grades))
        rows.append(row | {"source": _pick_source(chooser, catalogue, record)})
    return rows
