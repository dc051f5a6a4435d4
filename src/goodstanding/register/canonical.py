"""The canonical form of a record: the columns that every record type has without any feed being declared for it.

A row has `reference`, `occurred`, `subject.identifiers` (as `scheme:value`, several with spaces between),
`subject.name`, `subject.kind`, and `fields.NAME` for each field; `source`, `about`, `published`, `subject.region` and
`subject.sector` may be left out. It is read by the very rules of a declared feed: one is made for each kind of subject
and scheme in the sheet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from goodstanding.catalogue.feeds import Feed, IdentifierValue, SubjectMapping, Value
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadIdentifier
from goodstanding.register import mapping
from goodstanding.register.quarantine import Problem
from goodstanding.register.reading import ROW, TWICE, Sheet
from goodstanding.subjects import SCHEMES, Identifier

IDENTIFIERS, KIND = "subject.identifiers", "subject.kind"
_SUBJECT = (IDENTIFIERS, "subject.name", KIND, "subject.region", "subject.sector")
_TEXTS = ("name", "region", "sector")
MOST_IDENTIFIERS = 3
_WHOSE = ("organisation", "establishment", "authority")
More = dict[int, list[Problem]]
_Group = tuple[str, tuple[str, ...]]  # the kind of subject, and the schemes of its identifiers


def name(catalogue: Catalogue, record: str) -> str:
    """What stands in the place of a feed's name: `uk-food-hygiene/inspection`."""
    return f"{catalogue.name}/{record}"


def kinds(catalogue: Catalogue, record: str) -> tuple[str, ...]:
    """The kinds of subject that a record of this type may be about; natural persons come through court lists only."""
    return tuple(kind for kind in catalogue.concerned(record) if kind in _WHOSE)


def outcomes(catalogue: Catalogue, record: str) -> tuple[str, ...]:
    """What a source can publish of a record of this type: the grades of its scheme, or the stages of its case."""
    published = catalogue.records[record].published or ""
    if published in catalogue.schemes:
        return tuple(band.grade for band in catalogue.schemes[published].bands)
    return tuple(catalogue.cases[published].steps) if published in catalogue.cases else ()


def feed(catalogue: Catalogue, record: str) -> Feed:
    """The canonical form of a record type as a feed: its columns, and what each fills."""
    return _feed(catalogue, record, (kinds(catalogue, record)[:1] or _WHOSE)[0], ())


def _feed(catalogue: Catalogue, record: str, kind: str, schemes: tuple[str, ...]) -> Feed:
    rule, codes = catalogue.records[record], outcomes(catalogue, record)
    identifiers = tuple(
        IdentifierValue(scheme=scheme, value=_read(_column(number, schemes))) for number, scheme in enumerate(schemes)
    )
    subject = {"kind": kind, "identifiers": identifiers} | {one: _read(f"subject.{one}") for one in _TEXTS}
    made = Feed(
        feed="canonical",
        title=rule.title,
        record=record,
        source=_read("source"),
        reference=_read("reference"),
        subject=SubjectMapping.model_validate(subject),
        occurred=_read("occurred"),
        about=_read("about") if rule.about else None,
        fields={field: _read(f"fields.{field}") for field in rule.fields},
        published=Value(column="published", map={code: code for code in codes}, optional=True) if codes else None,
        ignored=(IDENTIFIERS, KIND),
    )
    return made.model_copy(update={"feed": name(catalogue, record)})


def _read(column: str) -> Value:
    return Value(column=column, optional=True)


def _column(number: int, schemes: tuple[str, ...]) -> str:
    return IDENTIFIERS if len(schemes) == 1 else f"{IDENTIFIERS}.{number + 1}"


def columns(catalogue: Catalogue, record: str) -> tuple[str, ...]:
    """Every column that a row of this record type may have."""
    read = [column for column in feed(catalogue, record).columns() if column not in _SUBJECT]
    return (*read[:2], *_SUBJECT, *read[2:])


def findings(sheet: Sheet, catalogue: Catalogue, record: str, source: str, stated: date, called: str = "") -> pa.Table:
    """One row a finding, as `mapping.findings` gives them; an empty `source` is that of whoever sends the sheet.

    `called` is the feed that the findings name as theirs, where it is another than the canonical form itself.
    """
    mapping.check_columns(sheet.columns, feed(catalogue, record), sheet)
    whole = _with_all(sheet.table, columns(catalogue, record), source)
    groups, wrong = _grouped(whole, catalogue, record)
    _check_codes(whole, catalogue, record, wrong)
    feeds = {one: _feed(catalogue, record, *one).model_copy(update=_named(called)) for one in groups}
    parts = [_part(sheet, whole, catalogue, feeds[one], stated, one[1], rows) for one, rows in groups.items()]
    found = pa.concat_tables(parts).sort_by("row")
    return with_problems(found, _twice(found, wrong))


def _with_all(table: pa.Table, names: tuple[str, ...], source: str) -> pa.Table:
    held = {
        one: table.column(one) if one in table.column_names else pa.nulls(table.num_rows, pa.string()) for one in names
    }
    held["source"] = pa.array([text or source for text in held["source"].to_pylist()], pa.string())
    return pa.table(held | {ROW: table.column(ROW)})


def _grouped(table: pa.Table, catalogue: Catalogue, record: str) -> tuple[dict[_Group, dict[int, list[str]]], More]:
    """The rows by kind and schemes, each with its place and its identifiers' values; and what is wrong with others."""
    allowed, wrong = kinds(catalogue, record), defaultdict[int, list[Problem]](list)
    groups: defaultdict[_Group, dict[int, list[str]]] = defaultdict(dict)
    given = zip(*(table.column(one).to_pylist() for one in (ROW, IDENTIFIERS, KIND)), strict=True)
    for place, (row, texts, kind) in enumerate(given):
        kind = (kind or "").strip() or (allowed[0] if len(allowed) == 1 else "")
        if kind not in allowed:
            wrong[row].append(Problem(row, KIND, f"none of {', '.join(allowed)}", kind or None))
        schemes, values = _identified(row, texts, wrong)
        groups[kind if kind in allowed else (allowed or _WHOSE)[0], schemes][place] = values
    return groups, wrong


def _identified(row: int, texts: str | None, wrong: More) -> tuple[tuple[str, ...], list[str]]:
    try:
        found = {one.scheme: one.value for one in map(Identifier.parse, (texts or "").split())}
    except BadIdentifier as error:
        said = " ".join(filter(None, (error.message, error.remedy)))
        wrong[row].append(Problem(row, IDENTIFIERS, said, (texts or "")[:80]))
        return (), []
    if not 0 < len(found) <= MOST_IDENTIFIERS:
        said = f"more than {MOST_IDENTIFIERS} identifiers" if found else "the identifier is missing"
        wrong[row].append(Problem(row, IDENTIFIERS, said))
        return (), []
    return tuple(sorted(found)), [found[scheme] for scheme in sorted(found)]


def _named(called: str) -> dict[str, str]:
    return {"feed": called} if called else {}


def _part(
    sheet: Sheet, whole: pa.Table, catalogue: Catalogue, own: Feed, stated: date, schemes: tuple[str, ...],
    rows: Mapping[int, list[str]],
) -> pa.Table:  # fmt: skip
    table = whole.take(pa.array(list(rows), pa.int64()))
    for number in range(len(schemes)):
        values = pa.array([texts[number] for texts in rows.values()], pa.string())
        place = _column(number, schemes)
        if place in table.column_names:
            table = table.drop_columns([place])
        table = table.append_column(place, values)
    names = tuple(one for one in table.column_names if one != ROW)
    return mapping.findings(Sheet(sheet.file, sheet.digest, names, table, ()), own, catalogue, stated, Path())


def _check_codes(table: pa.Table, catalogue: Catalogue, record: str, wrong: More) -> None:
    """A declared feed looks several codes up; here they are written as they are, so they are looked at."""
    rows = table.column(ROW).to_pylist()
    for field, rule in catalogue.records[record].fields.items():
        if rule.type == "codes" and rule.one_of:
            for row, text in zip(rows, table.column(f"fields.{field}").to_pylist(), strict=True):
                if not set((text or "").split()) <= set(rule.one_of):
                    said = f"none of {', '.join(rule.one_of)}"
                    wrong.setdefault(row, []).append(Problem(row, f"fields.{field}", said, text[:80]))


def _twice(found: pa.Table, wrong: More) -> More:
    """With the rows whose reference an earlier row of another kind or scheme has."""
    first: dict[tuple[str, str], int] = {}
    named = zip(*(found.column(one).to_pylist() for one in ("row", "source", "reference")), strict=True)
    for row, source, reference in named:
        if reference and first.setdefault((source, reference), row) != row:
            said = f"{TWICE} {first[source, reference]} already"
            wrong.setdefault(row, []).append(Problem(row, "reference", said, reference))
    return wrong


def with_problems(found: pa.Table, more: Mapping[int, list[Problem]]) -> pa.Table:
    """The findings with more problems, by the number of their first row; what is said already is not said twice."""
    if not more:
        return found
    column = found.column("problems")
    said = [
        [*held, *_fresh(held, more.get(row, []))]
        for row, held in zip(found.column("row").to_pylist(), column.to_pylist(), strict=True)
    ]
    return found.set_column(found.column_names.index("problems"), "problems", pa.array(said, column.type))


def _fresh(held: list[dict[str, str | None]], more: list[Problem]) -> Iterator[dict[str, str | None]]:
    for one in more:
        if not any(other["column"] == one.column for other in held):
            yield {"column": one.column, "reason": one.reason, "value": one.value}


def schemes(catalogue: Catalogue) -> tuple[str, ...]:
    """The schemes of identifiers, those first that the catalogue's own feeds have."""
    own = [one.scheme for each in catalogue.feeds.values() for one in each.subject.identifiers]
    return tuple(one for one in dict.fromkeys([*own, *SCHEMES]) if one in SCHEMES)
