"""Grades as a file for anybody: those that their law lets everybody see, and of them no more than pages show."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from goodstanding.plain_text import BYTE_ORDER_MARK, quote_cell
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.search.faceted_search import SearchHit

MOST_ROWS = 10_000
COLUMNS = ("identifier", "name", "kind", "region", "sector", "catalogue", "scheme", "grade", "score", "since", "as_of")


def render_grades(hits: Sequence[SearchHit], moment: PointInTime) -> str:
    """A line for each grade of each subject; a subject without one has no line. No cell is run by a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for hit in hits:
        subject = hit.subject
        about = (subject.identifier, subject.name, subject.kind, subject.region, subject.sector)
        for grade in hit.grades:
            if grade.value:
                of_grade = (grade.catalogue, grade.measure, grade.value, grade.score, grade.valid_from)
                cells = (*about, *of_grade, moment.day(grade.catalogue))
                writer.writerow(["" if cell is None else quote_cell(str(cell)) for cell in cells])
    return BYTE_ORDER_MARK + stream.getvalue()
