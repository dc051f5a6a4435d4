"""Where a field of a record gets its value: a constant, shares, or something that stands when the record is made.

Nothing else, so that the combinations of values can be counted: `late-fee` · `{1: 0.7, 2: 0.3}` for each record ·
`{for_life: {low: 0.5, high: 0.5}}` once for an agent · `agent.kind` · `{of: agent.income, as: {first: low, …}}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, InstanceOf, PlainSerializer

from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.messages import BehaviourMessage, Message

REFERENCE = re.compile(r"^(agent|believed|debt|own|edge|beside)(\.[a-z0-9_-]+){1,3}$")
FOR_LIFE, OF, AS = "for_life", "of", "as"
SourceKind = Literal["constant", "drawn", "life", "reference"]
Scalar = str | int | bool
TRUTHS = {"True": True, "False": False}  # how a YAML file's keys yes and no are read


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a field's value comes from.

    `values` are what it can be: of a reference those that its levels mean, none where it is taken as it is. `shares`
    belong to the values, of what is drawn.
    """

    kind: SourceKind
    reference: str = ""
    levels: tuple[Scalar, ...] = ()
    values: tuple[Scalar, ...] = ()
    shares: tuple[float, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """Whether chance decides, for each record or once for an agent."""
        return self.kind in ("drawn", "life")


def parse_field_source(content: Any) -> FieldSource:
    """The source that a file's value means; raises WrongValue."""
    if isinstance(content, FieldSource):
        return content
    if isinstance(content, Mapping) and OF in content:
        return _parse_mapped_reference(content)
    if isinstance(content, Mapping):
        is_for_life = tuple(content) == (FOR_LIFE,)
        return _parse_shares("life" if is_for_life else "drawn", content[FOR_LIFE] if is_for_life else content)
    if isinstance(content, str) and REFERENCE.match(content):
        return FieldSource("reference", content)
    if isinstance(content, str | int):
        return FieldSource("constant", values=(content,))
    raise _refuse(content)


def _parse_mapped_reference(content: Mapping[str, Any]) -> FieldSource:
    meanings = content.get(AS)
    if set(content) != {OF, AS} or not REFERENCE.match(str(content[OF])) or not isinstance(meanings, Mapping):
        raise _refuse(dict(content))
    levels = tuple(_read_key(key) for key in meanings)
    return FieldSource("reference", str(content[OF]), levels, tuple(meanings.values()))


def _parse_shares(kind: SourceKind, content: Any) -> FieldSource:
    if not isinstance(content, Mapping) or not content:
        raise _refuse(content)
    shares = tuple(content.values())
    if not all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares):
        raise _refuse(dict(content))
    if not isclose(sum(shares), 1, abs_tol=1e-9):
        problem = Message(BehaviourMessage.SHARES_NOT_WHOLE, {"sum": f"{sum(shares):g}"})
        raise WrongValue(problem, Message(BehaviourMessage.SHARES_WHOLE))
    return FieldSource(kind, values=tuple(_read_key(key) for key in content), shares=shares)


def _read_key(key: Any) -> Scalar:
    return TRUTHS[key] if key in TRUTHS else key if isinstance(key, int) else str(key)


def _refuse(content: Any) -> WrongValue:
    problem = Message(BehaviourMessage.FIELD_SOURCE_UNREADABLE, {"value": repr(content)})
    return WrongValue(problem, Message(BehaviourMessage.FIELD_SOURCE_FORMS))


FieldOrigin = Annotated[InstanceOf[FieldSource], BeforeValidator(parse_field_source), PlainSerializer(str)]
