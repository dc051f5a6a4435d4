"""One value of a feed as SQL over a sheet's cells, trimmed: looked up, prefixed, or standing in for an empty cell."""

from __future__ import annotations

import json
from collections.abc import Mapping

from goodstanding.catalogue.feeds import ValueMapping
from goodstanding.plain_text import NAME_MARKS_PATTERN
from goodstanding.standing.sql_text import quote_column, quote_literal


def build_text_sql(value: ValueMapping) -> str:
    """A value as the file has it: text, NULL where empty."""
    if value.text is not None:
        return quote_literal(value.text)
    parts = [quote_column(name) for name in value.reads()]
    text = parts[0] if len(parts) == 1 else f"concat_ws({quote_literal(value.joined_by)}, {', '.join(parts)})"
    if value.before is not None:
        text = f"nullif(trim(split_part({text}, {quote_literal(value.before)}, 1)), '')"
    if value.after is not None:
        mark = quote_literal(value.after)
        text = f"nullif(trim(substr({text}, nullif(strpos({text}, {mark}), 0) + {len(value.after)})), '')"
    for empty in value.empty:
        text = f"nullif({text}, {quote_literal(empty)})"
    return text


def build_value_sql(value: ValueMapping, stated: str) -> str:
    """A value as the event has it, still as text: looked up, prefixed, or standing in for an empty cell."""
    text = build_text_sql(value)
    if value.contains is not None:
        return f"CASE WHEN contains(lower({text}), lower({quote_literal(value.contains)})) THEN 'true' ELSE 'false' END"
    if value.map is not None:
        text = _build_lookup_sql(text, value.map)
    if value.only is not None:
        text = f"CASE WHEN {text} IN ({', '.join(map(quote_literal, value.only))}) THEN {text} END"
    if value.prefix:
        text = f"{quote_literal(value.prefix)} || {text}"
    if value.otherwise is not None:
        text = f"coalesce({text}, {_build_otherwise_sql(value, stated)})"
    if value.stated_when:
        text = f"CASE WHEN {_build_cells_condition(value.stated_when)} THEN {stated} ELSE {text} END"
    return text


def build_assumed_condition(value: ValueMapping) -> str:
    """Whether a row has the day of its file in the place of one of its own, as SQL that is true or false."""
    if not value.may_be_stated_day():
        return "FALSE"
    stated_cells = _build_cells_condition(value.stated_when) if value.stated_when else "FALSE"
    own_day = build_value_sql(value.model_copy(update={"otherwise": None, "stated_when": {}}), "NULL")
    return f"({stated_cells} OR {f'{own_day} IS NULL' if value.otherwise == 'stated' else 'FALSE'})"


def _build_cells_condition(cells_by_column: Mapping[str, tuple[str, ...]]) -> str:
    """Whether a row has one of the cells in each of some columns."""
    conditions = [
        f"coalesce({quote_column(name)}, '') IN ({', '.join(map(quote_literal, cells))})"
        for name, cells in cells_by_column.items()
    ]
    return " AND ".join(conditions)


def build_name_sql(value: ValueMapping, stated: str) -> str:
    """A name as the event has it: without marks that turn the order of letters round, or that nobody sees."""
    plain = f"regexp_replace({build_value_sql(value, stated)}, {quote_literal(NAME_MARKS_PATTERN)}, '', 'g')"
    return f"nullif(trim({plain}), '')"


def _build_otherwise_sql(value: ValueMapping, stated: str) -> str:
    """What stands for an empty cell; where the feed says so, only in rows that have certain other cells."""
    text = stated if value.otherwise == "stated" else quote_literal(value.otherwise or "")
    if not value.otherwise_when:
        return text
    return f"CASE WHEN {_build_cells_condition(value.otherwise_when)} THEN {text} END"


def _build_lookup_sql(text: str, codes: Mapping[str, object]) -> str:
    whens = "".join(
        f" WHEN {text} = {quote_literal(key)} THEN {_render_code(code)}"
        for key, code in codes.items()
        if key not in ("*", "")
    )
    empty = f" WHEN {text} IS NULL THEN {_render_code(codes['']) if '' in codes else 'NULL'}"
    return f"CASE{empty}{whens} ELSE {_render_code(codes.get('*'))} END"


def _render_code(code: object) -> str:
    if code is None:
        return "NULL"
    return quote_literal(str(code).lower() if isinstance(code, bool) else str(code))


def build_params_sql(**params: object) -> str:
    """The parameters of a message as SQL that gives their JSON, where they are the same for every row."""
    return quote_literal(json.dumps(params, ensure_ascii=False))


def build_param_sql(**values: str) -> str:
    """The parameters of a message as SQL that gives their JSON, where each row has its own."""
    members = ", ".join(f"{quote_literal(name)}, {value}" for name, value in values.items())
    return f"CAST(json_object({members}) AS VARCHAR)"


def render_column_names(value: ValueMapping) -> str:
    """The clerk's own columns that a value is read from, as a problem names them."""
    return ", ".join(value.reads())
