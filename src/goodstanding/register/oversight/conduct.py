"""The same conduct treated differently: how often each source upheld the same finding, and for how long it listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median

import pyarrow as pa

from goodstanding.catalogue import Catalogue
from goodstanding.register import catalogues
from goodstanding.register.oversight.chances import Test, differ, holm
from goodstanding.register.oversight.facts import Facts
from goodstanding.register.oversight.grids import SMALL, Grid, Line, Shown
from goodstanding.register.oversight.suppression import shown
from goodstanding.register.store import TEXT, schema

UPHELD = ("upheld", "rejected")
_DECIDED = """
WITH decision AS (
  SELECT case_position, arg_max(upheld, position) AS upheld
  FROM act
  WHERE act.act = 'CaseDecided'
    AND day >= $since
    AND day < $until
    AND day <= $at
  GROUP BY case_position
), bound AS (
  SELECT case_position, date_diff('day', min(valid_from), max(valid_to)) AS days
  FROM span
  WHERE binds = 1
  GROUP BY case_position
  HAVING max(valid_to) < DATE '9999-12-31'
)
SELECT source, catalogue, listed,
  coalesce(string_agg(json_extract_string(fields, '$.' || coded.field), ' ' ORDER BY coded.field), '') AS code,
  upheld, days, case_position
FROM decision
JOIN cases USING (case_position)
LEFT JOIN coded USING (catalogue, listed)
LEFT JOIN finding ON finding.position = case_position
LEFT JOIN bound USING (case_position)
GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Conduct:
    """A finding under one list: the catalogue, the list, and the code that says what was found, if any does."""

    catalogue: str
    listed: str
    code: str

    @property
    def name(self) -> str:
        """It in one word."""
        return f"{self.catalogue}/{self.listed}" + (f"/{self.code.replace(' ', '+')}" if self.code else "")


@dataclass(frozen=True, slots=True)
class Treated:
    """How one source decided on one conduct: so many upheld of all; the median length in days of what it listed."""

    source: str
    line: Line
    median_days: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One conduct, decided by several sources: those with enough decisions, and whether they differ beyond chance.

    `all` are those sources together, `left_out` counts the sources of which nothing may be shown. `chance` takes into
    account how many conducts were compared; None where there is too little to say.
    """

    conduct: Conduct
    treated: tuple[Treated, ...]
    all: Line
    left_out: int
    test: Test
    chance: float | None = None


Decision = tuple[bool, int | None]  # whether it was upheld; for how many days the listing binds
Found = dict[Conduct, dict[str, list[Decision]]]


def compared(held: Facts) -> tuple[Shown, tuple[Compared, ...]]:
    """How many decisions each source made on each conduct; and each conduct compared, those that differ most first."""
    held.duck.register("coded", _coded())
    found: Found = {}
    for source, catalogue, listed, code, upheld, days, _case in held.ask(_DECIDED):
        found.setdefault(Conduct(catalogue, listed, code), {}).setdefault(source, []).append((bool(upheld), days))
    decided = _decided(found)
    every = [_compared(conduct, lines, decided) for conduct, lines in found.items()]
    return decided, tuple(sorted(_adjusted(every), key=_order))


def _decided(found: Found) -> Shown:
    """The sources' decisions by conduct; their totals are each source's decisions in all."""
    names = sorted(conduct.name for conduct in found)
    rows = [(source, one.name, len(each)) for one, lines in found.items() for source, each in lines.items()]
    return shown(Grid.of(names, rows))


def _compared(conduct: Conduct, lines: Mapping[str, list[Decision]], decided: Shown) -> Compared:
    kept = {line.name for line in decided.lines if line.parts[conduct.name]} & set(lines)
    counts = [(source, UPHELD[not upheld], 1) for source in kept for upheld, _days in lines[source]]
    grid = shown(Grid.of(UPHELD, counts))
    treated = [_treated(line, [days for _upheld, days in lines[line.name] if days is not None]) for line in grid.lines]
    plain = [(hits, misses) for hits, misses in map(_plain, grid.lines) if hits is not None and misses is not None]
    ordered = sorted(treated, key=lambda one: (-_share(one.line), one.source))
    return Compared(conduct, tuple(ordered), grid.all, len(lines) - len(kept), differ(plain))


def _plain(line: Line) -> tuple[int | None, int | None]:
    return line.parts[UPHELD[0]], line.parts[UPHELD[1]]


def _treated(line: Line, days: list[int]) -> Treated:
    return Treated(line.name, line, float(median(days)) if len(days) >= SMALL else None)


def _share(line: Line) -> float:
    upheld, total = line.parts[UPHELD[0]], line.total
    return upheld / total if upheld is not None and total else -1.0


def _adjusted(every: list[Compared]) -> list[Compared]:
    tested = [one for one in every if one.test.chance is not None]
    chances = holm([one.test.chance or 0.0 for one in tested])
    known = {one.conduct: chance for one, chance in zip(tested, chances, strict=True)}
    return [replace(one, chance=known.get(one.conduct)) for one in every]


def _order(one: Compared) -> tuple[float, int, str]:
    return (2.0 if one.chance is None else one.chance, -len(one.treated), one.conduct.name)


def _coded() -> pa.Table:
    """The fields that say what was found, by list: coded findings that every record of its cases must have."""
    rows = [
        {"catalogue": name, "listed": listed, "field": field}
        for name, held in catalogues.enacted().items()
        for listed in held.catalogue.lists
        for field in coded_fields(held.catalogue, listed)
    ]
    return pa.Table.from_pylist(rows, schema=schema(catalogue=TEXT, listed=TEXT, field=TEXT))


def coded_fields(rules: Catalogue, listed: str) -> list[str]:
    """The required coded findings of the records that open a list's cases."""
    case = rules.cases.get(rules.lists[listed].case or "")
    fields = rules.records[case.record].fields if case else {}
    return [name for name, rule in fields.items() if rule.type == "code" and rule.kind == "finding" and rule.required]
