"""Probe records: one for each variant and a few days of conduct, with which the rules are asked what they say of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pyarrow as pa

from goodstanding.catalogue.periods import Period
from goodstanding.effects import RECORDS
from goodstanding.lab.behaviour.written_values import WrittenValue

YEARS = 4  # with one leap day among them
MONTH_ENDS = ((1, 31), (2, 28), (2, 29), (3, 31), (8, 31), (11, 30))  # where sums of months fall on no day
REFERENCE, OPENING_REFERENCE = "probe", "opening"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Variant:
    """One combination of field values of a type of record, and the days of conduct for which it stands.

    `fields` are pairs in the order of their names, so that variants can be compared.
    """

    record: str
    about: str | None
    fields: tuple[tuple[str, WrittenValue], ...]
    first: date
    end: date

    def list_days(self) -> list[date]:
        """Some days of conduct: the first and the last, and ends of months of all lengths."""
        days = {self.first, self.end - _DAY}
        for year in range(self.first.year, self.first.year + YEARS):
            for month, day in MONTH_ENDS:
                if (month, day) != (2, 29) or year % 4 == 0:
                    days.add(date(year, month, day))
        return sorted(day for day in days if self.first <= day < self.end)

    @property
    def lengths(self) -> list[Period]:
        """How long after the conduct its days are, and the day of the conduct itself."""
        return [Period(0), *(value for _field, value in self.fields if isinstance(value, Period))]


@dataclass(frozen=True, slots=True)
class Probe:
    """A variant on a day of conduct; every probe is a subject of its own."""

    number: int
    variant: int
    day: date

    @property
    def position(self) -> int:
        """The position of its record; an opening record before it has the position before."""
        return 2 * self.number + 1


@dataclass(frozen=True)
class ProbeTable:
    """Probes of variants; where `openings` names a variant for another, its record stands before that one's."""

    variants: Sequence[Variant]
    month_sums: str
    openings: Sequence[int | None]

    @cached_property
    def probes(self) -> list[Probe]:
        """All probes, in the order of variants and days."""
        days = [(variant, day) for variant, asked in enumerate(self.variants) for day in asked.list_days()]
        return [Probe(number, variant, day) for number, (variant, day) in enumerate(days)]

    @cached_property
    def by_position(self) -> dict[int, Probe]:
        """The probe to which a position belongs."""
        return {probe.position: probe for probe in self.probes}

    @cached_property
    def records(self) -> pa.Table:
        """The records, in the columns of `standing`."""
        return pa.Table.from_pylist([row for probe in self.probes for row in self._iterate_rows(probe)], RECORDS)

    def _iterate_rows(self, probe: Probe) -> Iterator[dict[str, object]]:
        opening = self.openings[probe.variant]
        if opening is not None:
            row = self._build_row(probe, self.variants[opening], probe.position - 1)
            yield row | {"reference": OPENING_REFERENCE}
        row = self._build_row(probe, self.variants[probe.variant], probe.position)
        yield row | {"reference": REFERENCE, "about": None if opening is None else OPENING_REFERENCE}

    def _build_row(self, probe: Probe, variant: Variant, position: int) -> dict[str, object]:
        fields = {name: self._write(value, probe.day) for name, value in variant.fields if value is not None}
        return {
            "position": position,
            "subject_id": probe.number,
            "record": variant.record,
            "source": REFERENCE,
            "about": None,
            "occurred": probe.day,
            "fields": json.dumps(fields),
            "published": None,
        }

    def _write(self, value: WrittenValue, day: date) -> WrittenValue | str:
        return value.after(day, self.month_sums).isoformat() if isinstance(value, Period) else value
