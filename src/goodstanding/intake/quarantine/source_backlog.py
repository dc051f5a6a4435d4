"""Sources that rows wait for: unknown to a catalogue, and of a kind whose members can be admitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue import Catalogue
from goodstanding.intake.problems import RowProblem
from goodstanding.intake.quarantine.quarantine_entries import EntryFilter
from goodstanding.intake.quarantine.stored_problems import parse_problems
from goodstanding.messages import IntakeMessage, Message
from goodstanding.register.rules.admission_sheet import render_admission_sheet

_CODES = (IntakeMessage.SOURCE_NOT_ADMITTED, IntakeMessage.SOURCE_NOT_DECLARED)
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class UnadmittedSource:
    """A source that nobody admitted: the kinds it can be of, how many rows wait for it, the first day they state."""

    id: str
    kinds: tuple[str, ...]
    rows: int
    first_day: date | None


def build_unadmitted_note(problems: Iterable[RowProblem]) -> tuple[Message, ...]:
    """All unknown sources of a file at once, counted, with the way to admit them; nothing where there are none."""
    ids = Counter(problem.value for problem in problems if problem.code is IntakeMessage.SOURCE_NOT_ADMITTED)
    if not ids:
        return ()
    return (Message(IntakeMessage.SOURCES_NOT_ADMITTED, {"number": len(ids), "rows": ids.total()}),)


def list_unadmitted_sources(catalogue: Catalogue) -> list[UnadmittedSource]:
    """The sources for which rows of a catalogue's feeds wait, those with most rows first."""
    named, rows = {source.id for source in catalogue.sources}, Counter[str]()
    first_days, kinds = dict[str, date](), dict[str, tuple[str, ...]]()
    for feed in catalogue.feeds.values():
        kinds_of_feed = catalogue.list_admissible_kinds(feed.record)
        for source, stated in _iterate_waiting_sources(feed.feed) if kinds_of_feed else ():
            rows[source] += 1
            first_days[source] = min(stated, first_days.get(source, stated))
            kinds[source] = kinds_of_feed
    return [
        UnadmittedSource(source, kinds[source], number, first_days[source])
        for source, number in rows.most_common()
        if source not in named
    ]


def _iterate_waiting_sources(feed: str) -> Iterator[tuple[str, date]]:
    for code in _CODES:
        entries = EntryFilter(feed, code=code).select().values_list("row", "problems", "stated")
        for row, problems, stated in entries.iterator(chunk_size=_AT_ONCE):
            source = _find_source(row, problems)
            if source and stated:
                yield source, stated


def _find_source(row: int | None, problems: str) -> str | None:
    try:
        return next((problem.value for problem in parse_problems(row, problems) if problem.code in _CODES), None)
    except (ValueError, KeyError, TypeError):  # a damaged row waits like any other
        return None


def render_admission_draft(sources: Iterable[UnadmittedSource]) -> str:
    """These sources as a table to be filled in: name and basis, and the kind where there are several."""
    return render_admission_sheet(
        (
            {
                "id": source.id,
                "kind": source.kinds[0] if len(source.kinds) == 1 else "",
                "first_day": source.first_day or "",
                "rows": source.rows,
            }
            for source in sources
        ),
        with_rows=True,
    )
