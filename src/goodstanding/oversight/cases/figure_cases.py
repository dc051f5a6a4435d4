"""The cases behind a figure of a table: what the overseer opens to see why it is as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from goodstanding.errors import NotFound
from goodstanding.messages import Message, OversightMessage
from goodstanding.oversight.cases.case_outcomes import OUTCOME_CASES
from goodstanding.oversight.cases.case_tables import CaseTables, list_source_regions, open_case_tables
from goodstanding.oversight.equal_treatment import UPHELD, read_decisions
from goodstanding.oversight.notice_coverage import BOUND, register_services
from goodstanding.oversight.reason_similarity import COUNTED, SHARED, compare_reasons
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.register.storage.types import NUMBER, build_schema

DECIDED, CONDUCT, REASONS, NOTICES = "decided", "conduct", "reasons-by-source", "notices-by-source"
FIGURES = (*OUTCOME_CASES, NOTICES, REASONS, CONDUCT, DECIDED)
_CASES = """
SELECT case_position, catalogue, listed, source, opened, arg_max(phase, valid_from) AS phase
FROM behind
JOIN cases USING (case_position)
LEFT JOIN (SELECT * FROM span WHERE valid_from <= $at AND valid_to > $at) USING (case_position)
GROUP BY ALL
ORDER BY case_position
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count: its table, the line (a source, phase or step) or group of sources, and the part; empty is all of them.

    `conduct` is the finding that decisions are compared on, in the table of that name.
    """

    table: str
    line: str = ""
    group: str = ""
    part: str = ""
    conduct: str = ""


@dataclass(frozen=True, slots=True)
class FigureCase:
    """A case behind a figure, and the phase in which it is on the day of the window; None once it is over."""

    position: int
    catalogue: str
    listed: str
    source: str
    opened: date
    phase: str | None


def list_figure_cases(window: ReportingWindow, figure: Figure) -> list[FigureCase]:
    """The cases that a figure of a window counts, each once, oldest first; NotFound for a table of something else."""
    if figure.table not in FIGURES:
        raise NotFound(Message(OversightMessage.TABLE_WITHOUT_CASES, {"tables": ", ".join(FIGURES)}), where="table")
    regions = list_source_regions()
    with open_case_tables(window) as tables:
        positions = sorted(
            {
                case_position
                for line, part, case_position in _list_counted(tables, figure)
                if (not figure.line or line == figure.line)
                and (not figure.group or regions.get(line, "") == figure.group)
                and (not figure.part or part == figure.part)
            }
        )
        tables.duck.register("behind", pa.table({"case_position": positions}, build_schema(case_position=NUMBER)))
        return [FigureCase(*row) for row in tables.ask(_CASES)]


def _list_counted(tables: CaseTables, figure: Figure) -> Iterator[tuple[str, str, int]]:
    """What a table counts: line, part and case."""
    if figure.table == REASONS:
        clusters = [cluster for cluster in compare_reasons(tables).clusters if cluster.act == COUNTED]
        yield from ((cluster.source, SHARED, case) for cluster in clusters for case in cluster.cases)
    elif figure.table in (CONDUCT, DECIDED):
        for decision in read_decisions(tables):
            if figure.table == DECIDED or decision.conduct.name == figure.conduct:
                yield decision.source, UPHELD[not decision.upheld], decision.case_position
    elif figure.table == NOTICES:
        register_services(tables)
        yield from tables.ask(BOUND)
    else:
        yield from tables.ask(OUTCOME_CASES[figure.table])
