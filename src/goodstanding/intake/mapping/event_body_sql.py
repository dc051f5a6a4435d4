"""The body of a finding's event as canonical text, written by SQL over the finding's columns.

Canonical JSON (RFC 8785) has its keys in order; DuckDB escapes text as it asks, once control characters are gone (the
ledger looks at every body again). The kind stands between `before` and `after`, the version comes last: the ledger puts
in both. The digest says what is stated, without the day and the row: stated again, it changes nothing. A record whose
day is that of its file, for want of its own, is the same in the next file.
"""

from __future__ import annotations

import json

from goodstanding.catalogue.feeds import Feed
from goodstanding.standing.sql_text import quote_column, quote_literal

Member = tuple[str, str]


def build_event_body_sql(feed: Feed, catalogue: str, names: list[str]) -> str:
    """The columns key, before, after and digest, over the columns `names` of a finding."""
    first = [
        ("about", _render_column("about")),
        ("catalogue", _render_literal(catalogue)),
        ("feed", _render_literal(feed.feed)),
        ("fields", _render_fields(names)),
    ]
    middle_members = [
        ("occurred", _render_column("occurred")),
        ("published", _render_column("published")),
        ("record", _render_literal(feed.record)),
    ]
    origin_members = [
        ("reference", _render_column("reference")),
        ("source", _render_column("source")),
        ("subject", _render_subject(feed, names)),
    ]
    row, stated = ("row", "CAST(row AS VARCHAR)"), ("stated", _render_column("stated"))
    after = [*middle_members, origin_members[0], row, origin_members[1], stated, origin_members[2]]
    own_day = ("occurred", f"CASE WHEN assumed THEN {_render_literal('stated')} ELSE {_render_column('occurred')} END")
    facts = [*first, own_day if feed.occurred.may_be_stated_day() else middle_members[0], *middle_members[1:]]
    return (
        f"source || {quote_literal(f' {feed.record} ')} || reference AS key,\n"
        f"  concat('{{', {_join_members(first)}, ',\"kind\":\"') AS before,\n"
        f"  concat('\",', {_join_members(after)}) AS after,\n"
        f"  sha256(concat({_join_members([*facts, *origin_members])})) AS digest"
    )


def build_content_sql(names: list[str]) -> str:
    """The columns identifier, region, occurred, facts and published: what the same record would say once more."""
    identifier = next((name for name in names if name.startswith("i_")), "CAST(NULL AS VARCHAR)")
    return (
        f"{identifier} AS identifier, coalesce(region, '') AS region, occurred,"
        f" concat({_render_fields(names)}) AS facts, coalesce(published, '') AS published"
    )


def _join_members(members: list[Member]) -> str:
    texts = [f"{quote_literal(chr(34) + name + chr(34) + ':')}, {value}" for name, value in members]
    return ", ',', ".join(texts)


def _render_column(name: str) -> str:
    return f"coalesce(CAST(to_json({quote_column(name)}) AS VARCHAR), 'null')"


def _render_literal(text: str) -> str:
    return quote_literal(json.dumps(text))


def _render_subject(feed: Feed, names: list[str]) -> str:
    members = [
        ("identifiers", _render_array(names, "i_")),
        ("kind", _render_literal(feed.subject.kind)),
        ("name", _render_column("name")),
        ("names", _render_array(names, "n_")),
        ("region", _render_column("region")),
        ("sector", _render_column("sector")),
    ]
    if any(name.startswith("s_") for name in names):
        members.append(("shared", _render_array(names, "s_")))
    return f"concat('{{', {_join_members(members)}, '}}')"


def _render_array(names: list[str], prefix: str) -> str:
    """The columns of a prefix as a JSON list; empty ones are left out."""
    return f"concat('[', {_join_values([_render_json_value(name) for name in names if name.startswith(prefix)])}, ']')"


def _render_fields(names: list[str]) -> str:
    """The fields as a JSON object, those that are there."""
    fields = sorted(name.removeprefix("f_") for name in names if name.startswith("f_"))
    values = [
        f"{quote_literal(chr(34) + field + chr(34) + ':')} || {_render_json_value('f_' + field)}" for field in fields
    ]
    return f"concat('{{', {_join_values(values)}, '}}')"


def _render_json_value(name: str) -> str:
    return f"CAST(to_json({quote_column(name)}) AS VARCHAR)"


def _join_values(values: list[str]) -> str:
    return f"concat_ws(',', {', '.join(values)})" if values else "''"
