"""The canonical form of a record: the columns that every record type has without any feed being declared for it.

A row has `reference`, `occurred`, `subject.identifiers` (as `scheme:value`, several with spaces between),
`subject.name`, `subject.kind`, and `fields.NAME` for each field; `source`, `about`, `published`, `subject.region` and
`subject.sector` may be left out. It is read by the very rules of a declared feed: one is made for each kind of subject
and scheme in the sheet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from goodstanding.catalogue.feeds import Feed, IdentifierMapping, SubjectMapping, ValueMapping
from goodstanding.catalogue.field_values import list_unknown_codes
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadIdentifier
from goodstanding.intake.files.sheet import ROW_NUMBER, Sheet
from goodstanding.intake.mapping.feed_mapping import check_columns, map_rows_to_records
from goodstanding.intake.mapping.problem_column import ProblemsByRow, add_problems
from goodstanding.intake.problems import RowProblem, get_message
from goodstanding.messages import IntakeMessage, Message
from goodstanding.register.rules.identifier_schemes import list_schemes, parse_identifier
from goodstanding.subjects import IdentifierScheme, find_person_scheme

IDENTIFIERS, KIND = "subject.identifiers", "subject.kind"
_SUBJECT_COLUMNS = (IDENTIFIERS, "subject.name", KIND, "subject.region", "subject.sector")
_TEXTS = ("name", "region", "sector")
MOST_IDENTIFIERS = 3
_SUBJECT_KINDS = ("organisation", "establishment", "authority")
_RowGroup = tuple[str, tuple[str, ...]]  # the kind of subject, and the schemes of its identifiers


def build_feed_name(catalogue: Catalogue, record: str) -> str:
    """What stands in the place of a feed's name: `uk-food-hygiene/inspection`."""
    return f"{catalogue.name}/{record}"


def list_subject_kinds(catalogue: Catalogue, record: str) -> tuple[str, ...]:
    """The kinds of subject that a record of this type may be about; natural persons come through court lists only."""
    return tuple(kind for kind in catalogue.concerned(record) if kind in _SUBJECT_KINDS)


def list_publishable_outcomes(catalogue: Catalogue, record: str) -> tuple[str, ...]:
    """What a source can publish of a record of this type: the grades of its scheme, or the stages of its case."""
    published = catalogue.records[record].published or ""
    if published in catalogue.schemes:
        return tuple(band.grade for band in catalogue.schemes[published].bands)
    return tuple(catalogue.cases[published].steps) if published in catalogue.cases else ()


def build_canonical_feed(catalogue: Catalogue, record: str) -> Feed:
    """The canonical form of a record type as a feed: its columns, and what each fills."""
    return _build_feed(catalogue, record, (list_subject_kinds(catalogue, record)[:1] or _SUBJECT_KINDS)[0], ())


def _build_feed(catalogue: Catalogue, record: str, kind: str, schemes: tuple[str, ...]) -> Feed:
    rule, codes = catalogue.records[record], list_publishable_outcomes(catalogue, record)
    identifiers = tuple(
        IdentifierMapping(scheme=scheme, value=_build_value(_name_identifier_column(number, schemes)))
        for number, scheme in enumerate(schemes)
    )
    subject = {"kind": kind, "identifiers": identifiers} | {
        text_name: _build_value(f"subject.{text_name}") for text_name in _TEXTS
    }
    feed = Feed(
        feed="canonical",
        title=rule.title,
        record=record,
        source=_build_value("source"),
        reference=_build_value("reference"),
        subject=SubjectMapping.model_validate(subject),
        occurred=_build_value("occurred"),
        about=_build_value("about") if rule.about else None,
        fields={field: _build_value(f"fields.{field}") for field in rule.fields},
        published=ValueMapping(column="published", map={code: code for code in codes}, optional=True)
        if codes
        else None,
        ignored=(IDENTIFIERS, KIND),
    )
    return feed.model_copy(update={"feed": build_feed_name(catalogue, record)})


def _build_value(column: str) -> ValueMapping:
    return ValueMapping(column=column, optional=True)


def _name_identifier_column(number: int, schemes: tuple[str, ...]) -> str:
    return IDENTIFIERS if len(schemes) == 1 else f"{IDENTIFIERS}.{number + 1}"


def list_canonical_columns(catalogue: Catalogue, record: str) -> tuple[str, ...]:
    """Every column that a row of this record type may have."""
    read = [column for column in build_canonical_feed(catalogue, record).columns() if column not in _SUBJECT_COLUMNS]
    return (*read[:2], *_SUBJECT_COLUMNS, *read[2:])


def map_canonical_rows(
    sheet: Sheet, catalogue: Catalogue, record: str, source: str, stated: date, called: str = ""
) -> pa.Table:
    """One row a finding, as `map_rows_to_records` gives them; an empty `source` is that of whoever sends the sheet.

    `called` is the feed that the findings name as theirs, where it is another than the canonical form itself.
    """
    check_columns(sheet.columns, build_canonical_feed(catalogue, record), sheet)
    whole = _add_missing_columns(sheet.table, list_canonical_columns(catalogue, record), source)
    groups, wrong = _group_rows(whole, catalogue, record)
    _check_codes(whole, catalogue, record, wrong)
    feeds = {
        group: _build_feed(catalogue, record, *group).model_copy(update=_build_name_update(called)) for group in groups
    }
    parts = [
        _map_group(sheet, whole, catalogue, feeds[group], stated, group[1], rows) for group, rows in groups.items()
    ]
    records = pa.concat_tables(parts).sort_by("row")
    return add_problems(records, _add_repeated_references(records, wrong))


def _add_missing_columns(table: pa.Table, names: tuple[str, ...], source: str) -> pa.Table:
    columns = {
        name: table.column(name) if name in table.column_names else pa.nulls(table.num_rows, pa.string())
        for name in names
    }
    columns["source"] = pa.array([text or source for text in columns["source"].to_pylist()], pa.string())
    return pa.table(columns | {ROW_NUMBER: table.column(ROW_NUMBER)})


def _group_rows(
    table: pa.Table, catalogue: Catalogue, record: str
) -> tuple[dict[_RowGroup, dict[int, list[str]]], ProblemsByRow]:
    """The rows by kind and schemes, each with its place and its identifiers' values; and what is wrong with others."""
    allowed, wrong = list_subject_kinds(catalogue, record), defaultdict[int, list[RowProblem]](list)
    groups: defaultdict[_RowGroup, dict[int, list[str]]] = defaultdict(dict)
    register_schemes = list_schemes()
    row_cells = zip(*(table.column(column).to_pylist() for column in (ROW_NUMBER, IDENTIFIERS, KIND)), strict=True)
    for place, (row, texts, kind) in enumerate(row_cells):
        kind = (kind or "").strip() or (allowed[0] if len(allowed) == 1 else "")
        if kind not in allowed:
            wrong[row].append(RowProblem(row, KIND, _describe_unlisted(allowed), kind or None))
        schemes, values = _parse_identifiers(row, kind, texts, register_schemes, wrong)
        groups[kind if kind in allowed else (allowed or _SUBJECT_KINDS)[0], schemes][place] = values
    return groups, wrong


def _parse_identifiers(
    row: int, kind: str, texts: str | None, schemes: Mapping[str, IdentifierScheme], wrong: ProblemsByRow
) -> tuple[tuple[str, ...], list[str]]:
    try:
        values_by_scheme = {
            identifier.scheme: identifier.value
            for identifier in (parse_identifier(text, kind, schemes) for text in (texts or "").split())
        }
    except BadIdentifier as error:
        wrong[row].append(_build_identifier_problem(row, texts or "", get_message(error)))
        return (), []
    if not 0 < len(values_by_scheme) <= MOST_IDENTIFIERS:
        code = IntakeMessage.IDENTIFIERS_TOO_MANY if values_by_scheme else IntakeMessage.IDENTIFIER_MISSING
        wrong[row].append(RowProblem(row, IDENTIFIERS, Message(code, {"most": MOST_IDENTIFIERS})))
        return (), []
    return tuple(sorted(values_by_scheme)), [values_by_scheme[scheme] for scheme in sorted(values_by_scheme)]


def _build_identifier_problem(row: int, texts: str, message: Message) -> RowProblem:
    if find_person_scheme(texts):
        return RowProblem(row, IDENTIFIERS, Message(IntakeMessage.ROW_OF_PERSON))
    return RowProblem(row, IDENTIFIERS, message, texts[:80])


def _describe_unlisted(values: Iterable[str]) -> Message:
    return Message(IntakeMessage.VALUE_UNLISTED, {"values": ", ".join(values)})


def _build_name_update(called: str) -> dict[str, str]:
    return {"feed": called} if called else {}


def _map_group(
    sheet: Sheet, whole: pa.Table, catalogue: Catalogue, feed: Feed, stated: date, schemes: tuple[str, ...],
    rows: Mapping[int, list[str]],
) -> pa.Table:  # fmt: skip
    table = whole.take(pa.array(list(rows), pa.int64()))
    for number in range(len(schemes)):
        values = pa.array([texts[number] for texts in rows.values()], pa.string())
        place = _name_identifier_column(number, schemes)
        if place in table.column_names:
            table = table.drop_columns([place])
        table = table.append_column(place, values)
    names = tuple(column for column in table.column_names if column != ROW_NUMBER)
    return map_rows_to_records(Sheet(sheet.file, sheet.digest, names, table, ()), feed, catalogue, stated, Path())


def _check_codes(table: pa.Table, catalogue: Catalogue, record: str, wrong: ProblemsByRow) -> None:
    """A declared feed looks several codes up; here they are written as they are, so they are looked at."""
    rows = table.column(ROW_NUMBER).to_pylist()
    for field, rule in catalogue.records[record].fields.items():
        if rule.type == "codes" and rule.one_of:
            for row, text in zip(rows, table.column(f"fields.{field}").to_pylist(), strict=True):
                if list_unknown_codes(rule, text or ""):
                    message = _describe_unlisted(rule.one_of)
                    wrong.setdefault(row, []).append(RowProblem(row, f"fields.{field}", message, text[:80]))


def _add_repeated_references(records: pa.Table, wrong: ProblemsByRow) -> ProblemsByRow:
    """With the rows whose reference a row of another kind or scheme has: those contradict each other, so all wait."""
    rows: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    columns = ("row", "source", "reference", "digest")
    for row, source, reference, digest in zip(*(records.column(name).to_pylist() for name in columns), strict=True):
        if reference:
            rows[source, reference][row] = digest
    for (_source, reference), digests in rows.items():
        if len(set(digests.values())) > 1:
            first, last = min(digests), max(digests)
            for row in digests:
                message = Message(IntakeMessage.ROW_CONTRADICTED, {"row": first if row != first else last})
                wrong.setdefault(row, []).append(RowProblem(row, "reference", message, reference))
    return wrong


def list_identifier_schemes(catalogue: Catalogue) -> tuple[IdentifierScheme, ...]:
    """The schemes that say who is meant, those first that the catalogue's own feeds have."""
    schemes = {name: scheme for name, scheme in list_schemes().items() if scheme.unique}
    own_names = [identifier.scheme for feed in catalogue.feeds.values() for identifier in feed.subject.identifiers]
    return tuple(schemes[name] for name in dict.fromkeys([*own_names, *schemes]) if name in schemes)
