"""What differs between two versions of a catalogue: rule by rule, in words and in the rule itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from goodstanding.catalogue.model import Based, Catalogue

Kind = Literal["added", "removed", "changed"]

_SAID = ("says", "note", "title", "basis", "verified")
_WHOLE = (
    "title",
    "summary",
    "in_force",
    "until",
    "month_sums",
    "calendar",
    "subjects",
    "organisations",
    "backwards",
    "milder",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that was added, removed or changed: its place, its words and the rule itself, before and after."""

    place: str
    change: Kind
    words_before: str = ""
    words_after: str = ""
    rule_before: str = ""
    rule_after: str = ""


def redline(before: Catalogue, after: Catalogue) -> list[Change]:
    """The changes from one version to another, in the order of the newer one, then what is gone."""
    old, new = dict(_rules(before)), dict(_rules(after))
    found = [_change(place, old.get(place), rule) for place, rule in new.items() if old.get(place) != rule]
    return found + [_change(place, rule, None) for place, rule in old.items() if place not in new]


def _rules(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each rule's place with its words and what it rules, without the rules inside it."""
    for key in _WHOLE:
        yield key, ("", str(getattr(catalogue, key)))
    for name, record in catalogue.records.items():
        for field, rule in record.fields.items():
            yield f"records.{name}.fields.{field}", (rule.title, _own(rule))
    for path, based in catalogue.rules():
        yield ".".join(map(str, path)), (based.says or getattr(based, "title", ""), _own(based))


def _own(rule: BaseModel) -> str:
    """A rule's own keys and values, other than those at their default, on one line."""
    shown = {
        field.alias or name: value
        for name, field in type(rule).model_fields.items()
        if name not in _SAID[:2] and (value := getattr(rule, name)) != field.default and not _holds_rules(value)
    }
    return ", ".join(f"{key}: {_plain(value)}" for key, value in shown.items())


def _holds_rules(value: Any) -> bool:
    inner = list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, tuple) else [value]
    return any(isinstance(one, Based) or hasattr(one, "sql_type") for one in inner)


def _plain(value: Any) -> str:
    if isinstance(value, BaseModel):
        return str(value.model_dump(mode="json"))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _change(place: str, before: tuple[str, str] | None, after: tuple[str, str] | None) -> Change:
    kind: Kind = "added" if before is None else "removed" if after is None else "changed"
    (words_before, rule_before), (words_after, rule_after) = before or ("", ""), after or ("", "")
    return Change(place, kind, words_before, words_after, rule_before, rule_after)
