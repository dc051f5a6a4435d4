"""Article 11: what a repair step may ask: whether the duty was performed, or cannot be, and that this is proved."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.conditions import parse_condition
from goodstanding.catalogue.records import RecordType, field_types
from goodstanding.charter.vocabulary import get_vocabulary
from goodstanding.messages import Message, TermMessage


def find_further_condition(when: str | None, record: RecordType) -> Message | None:
    """What the condition of a repair step asks beside performance, if it does; `record` is the one that states it."""
    for name, is_weighed in _list_readings(when, record) if when else ():
        kind = record.fields[name].kind if name in record.fields else "day"
        uses = ["weighed", *([] if is_weighed else ["there"]), *(["outcome"] if _is_outcome(name, record) else [])]
        if kind not in list_repair_kinds(*uses):
            title = str(get_vocabulary("kinds").get(kind, {}).get("title", kind)).lower()
            kinds = {use: ", ".join(list_repair_kinds(use)) for use in ("weighed", "there", "outcome")}
            return Message(TermMessage.REPAIR_CONDITIONED, {"field": name, "kind": title, **kinds})
    return None


def _is_outcome(name: str, record: RecordType) -> bool:
    """Whether a field can be the outcome of a decision on repair: a closed code of a record that states a step."""
    field = record.fields.get(name)
    return record.states == "step" and field is not None and field.type == "code" and bool(field.one_of)


def list_repair_kinds(*uses: str) -> list[str]:
    """The kinds of field that a repair step may weigh, may weigh as the outcome, or may ask whether one is there."""
    return [word for word, entry in get_vocabulary("kinds").items() if entry.get("repairs") in uses]


def _list_readings(when: str, record: RecordType) -> Iterator[tuple[str, bool]]:
    """Each field that a condition reads, and whether it asks for more than that it is there."""
    from sqlglot import exp  # brings the parser, which has read the condition already

    for column in parse_condition(when, field_types(record.fields), "when").tree.find_all(exp.Column):
        yield column.name, not (isinstance(column.parent, exp.Is) and isinstance(column.parent.expression, exp.Null))
