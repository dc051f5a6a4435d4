"""One value of a feed as SQL over a sheet's text columns: looked up, prefixed, or standing in for an empty cell."""

from __future__ import annotations

from collections.abc import Mapping

from goodstanding.catalogue.feeds import Value
from goodstanding.standing.text import column, literal


def text_of(value: Value) -> str:
    """A value as the file has it: trimmed text, NULL where empty."""
    if value.text is not None:
        return literal(value.text)
    parts = [f"nullif(trim({column(name)}), '')" for name in value.reads()]
    text = parts[0] if len(parts) == 1 else f"concat_ws({literal(value.joined_by)}, {', '.join(parts)})"
    if value.before is not None:
        text = f"nullif(trim(split_part({text}, {literal(value.before)}, 1)), '')"
    if value.after is not None:
        mark = literal(value.after)
        text = f"nullif(trim(substr({text}, nullif(strpos({text}, {mark}), 0) + {len(value.after)})), '')"
    for empty in value.empty:
        text = f"nullif({text}, {literal(empty)})"
    return text


def mapped(value: Value, stated: str) -> str:
    """A value as the event has it, still as text: looked up, prefixed, or standing in for an empty cell."""
    text = text_of(value)
    if value.contains is not None:
        return f"CASE WHEN contains(lower({text}), lower({literal(value.contains)})) THEN 'true' ELSE 'false' END"
    if value.map is not None:
        text = _looked_up(text, value.map)
    if value.only is not None:
        text = f"CASE WHEN {text} IN ({', '.join(map(literal, value.only))}) THEN {text} END"
    if value.prefix:
        text = f"{literal(value.prefix)} || {text}"
    if value.otherwise is not None:
        text = f"coalesce({text}, {stated if value.otherwise == 'stated' else literal(value.otherwise)})"
    return text


def _looked_up(text: str, codes: Mapping[str, object]) -> str:
    whens = "".join(
        f" WHEN {text} = {literal(key)} THEN {_code(code)}" for key, code in codes.items() if key not in ("*", "")
    )
    empty = f" WHEN {text} IS NULL THEN {_code(codes['']) if '' in codes else 'NULL'}"
    return f"CASE{empty}{whens} ELSE {_code(codes.get('*'))} END"


def _code(code: object) -> str:
    if code is None:
        return "NULL"
    return literal(str(code).lower() if isinstance(code, bool) else str(code))


def columns_of(value: Value) -> str:
    """The clerk's own columns that a value is read from, as a problem names them."""
    return ", ".join(value.reads())
