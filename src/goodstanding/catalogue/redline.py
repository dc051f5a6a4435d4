"""What differs between two versions of a catalogue: rule by rule, in words and in the rule itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import LegalRule

ChangeKind = Literal["added", "removed", "changed"]

_WORDING_KEYS = ("says", "note", "title", "basis", "verified", "read_in")
_CATALOGUE_KEYS = (
    "title",
    "summary",
    "in_force",
    "until",
    "month_sums",
    "calendar",
    "time_zone",
    "subjects",
    "organisations",
    "backwards",
    "milder",
)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule that was added, removed or changed: its place, its words and the rule itself, before and after."""

    place: str
    change: ChangeKind
    words_before: str = ""
    words_after: str = ""
    rule_before: str = ""
    rule_after: str = ""


def list_rule_changes(before: Catalogue, after: Catalogue) -> list[RuleChange]:
    """The changes from one version to another, in the order of the newer one, then what is gone."""
    old, new = dict(_list_rules(before)), dict(_list_rules(after))
    changes = [_build_change(place, old.get(place), rule) for place, rule in new.items() if old.get(place) != rule]
    return changes + [_build_change(place, rule, None) for place, rule in old.items() if place not in new]


def _list_rules(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each rule's place with its words and what it rules, without the rules inside it."""
    for key in _CATALOGUE_KEYS:
        yield key, ("", str(getattr(catalogue, key)))
    for name, record in catalogue.records.items():
        for field, rule in record.fields.items():
            yield f"records.{name}.fields.{field}", (rule.title, _render_own_keys(rule))
    for path, based in catalogue.rules():
        yield ".".join(map(str, path)), (based.says or getattr(based, "title", ""), _render_own_keys(based))


def _render_own_keys(rule: BaseModel) -> str:
    """A rule's own keys and values, other than those at their default, on one line."""
    shown = {
        field.alias or name: value
        for name, field in type(rule).model_fields.items()
        if name not in _WORDING_KEYS[:2] and (value := getattr(rule, name)) != field.default and not _has_rules(value)
    }
    return ", ".join(f"{key}: {_render_plain(value)}" for key, value in shown.items())


def _has_rules(value: Any) -> bool:
    inner = list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, tuple) else [value]
    return any(isinstance(element, LegalRule) or hasattr(element, "sql_type") for element in inner)


def _render_plain(value: Any) -> str:
    if isinstance(value, BaseModel):
        return str(value.model_dump(mode="json"))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _build_change(place: str, before: tuple[str, str] | None, after: tuple[str, str] | None) -> RuleChange:
    kind: ChangeKind = "added" if before is None else "removed" if after is None else "changed"
    (words_before, rule_before), (words_after, rule_after) = before or ("", ""), after or ("", "")
    return RuleChange(place, kind, words_before, words_after, rule_before, rule_after)
