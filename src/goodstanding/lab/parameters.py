"""Parameters: numbers that nobody knows for certain, each with a range, a unit and where it comes from.

Every number of the laboratory's files is one. An experiment moves them within their ranges; a number without a range
or an origin is refused where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from math import isfinite
from typing import Any, Literal, Self, TypeVar, cast

from pydantic import BaseModel, Field, model_validator

from goodstanding.catalogue.primitives import StrictModel
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.errors import LaboratoryError
from goodstanding.messages import LaboratoryMessage, Message

SHARE, TIMES = "share", "times"
Content = TypeVar("Content")


class Parameter(StrictModel):
    """A number with its range, unit and origin; `source` says where it was read, `assumption` why it had to be made up.

    `mark` is how surely a source is known: D read in an official text, S second-hand, M from memory, X worked out from
    other figures, R measured. `of` names what a share is a share of.
    """

    value: float
    range: tuple[float, float]
    unit: str = Field(default=SHARE, min_length=1)
    source: str = ""
    assumption: str = ""
    mark: Literal["D", "S", "M", "X", "R"] | None = None
    of: str = ""
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _refuse_if_bare(cls, content: Any) -> Any:
        if isinstance(content, int | float | str):
            raise WrongValue(
                Message(LaboratoryMessage.NUMBER_BARE, {"number": content}), Message(LaboratoryMessage.NUMBER_FORM)
            )
        return content

    @model_validator(mode="after")
    def _refuse_if_unfounded(self) -> Self:
        _refuse_if_range_wrong(self.range, self.unit)
        self._refuse_if_outside(self.value)
        if bool(self.source) == bool(self.assumption):
            code = LaboratoryMessage.ORIGIN_TWICE if self.source else LaboratoryMessage.ORIGIN_MISSING
            raise WrongValue(Message(code), Message(LaboratoryMessage.ORIGIN_FORMS))
        return self

    @property
    def is_recalled(self) -> bool:
        """Whether the number is from memory, of which whoever uses it is warned."""
        return self.mark == "M"

    def set_value(self, value: float) -> Self:
        """The same with another value; raises LaboratoryError where that is outside the range."""
        try:
            self._refuse_if_outside(value)
        except WrongValue as wrong:
            raise LaboratoryError(wrong.problem, remedy=wrong.right) from wrong
        return self.model_copy(update={"value": value})

    def _refuse_if_outside(self, value: float) -> None:
        least, most = self.range
        if not least <= value <= most:
            right = Message(LaboratoryMessage.RANGE_ENDS, {"least": least, "most": most})
            raise WrongValue(Message(LaboratoryMessage.RANGE_LEFT, {"value": value}), right)


class Ratio(Parameter):
    """How many times as likely, or as large, as where the ratio is 1."""

    unit: str = TIMES


def _refuse_if_range_wrong(ends: tuple[float, float], unit: str) -> None:
    least, most = ends
    if not (isfinite(least) and isfinite(most) and least <= most):
        code, right = LaboratoryMessage.RANGE_UNORDERED, LaboratoryMessage.RANGE_ORDER
    elif unit.split()[0] == SHARE and not 0 <= least <= most <= 1:
        code, right = LaboratoryMessage.SHARE_WRONG, LaboratoryMessage.SHARE_ENDS
    else:
        return
    raise WrongValue(Message(code, {"least": least, "most": most}), Message(right))


def list_parameters(content: Any) -> dict[str, Parameter]:
    """Every parameter of a model, or of models by name, under its path, such as `late-bill.rate`."""
    return dict(_iterate_parameters(content, ()))


def _iterate_parameters(content: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Parameter]]:
    if isinstance(content, Parameter):
        yield ".".join(path), content
        return
    for key, inner in _list_parts(content):
        yield from _iterate_parameters(inner, (*path, key))


def _list_parts(content: Any) -> list[tuple[str, Any]]:
    if isinstance(content, BaseModel):
        return [(field.alias or name, getattr(content, name)) for name, field in type(content).model_fields.items()]
    if isinstance(content, Mapping):
        return [(str(key), inner) for key, inner in content.items()]
    return [(str(index), inner) for index, inner in enumerate(content)] if isinstance(content, tuple | list) else []


def set_parameters(content: Content, values: Mapping[str, float]) -> Content:
    """The same with other values, by path; raises LaboratoryError for an unknown path or outside a range."""
    known_paths = list_parameters(content)
    for path in values:
        if path not in known_paths:
            near = get_close_matches(path, known_paths, n=1) or sorted(known_paths)
            unknown = Message(LaboratoryMessage.PARAMETER_UNKNOWN, {"name": repr(path)})
            raise LaboratoryError(unknown, remedy=", ".join(near))
    return cast(Content, _set_values(content, values)) if values else content


def _set_values(content: Any, values: Mapping[str, float]) -> Any:
    if isinstance(content, Parameter):
        return content.set_value(values[""])
    inner_values = defaultdict[str, dict[str, float]](dict)
    for path, value in values.items():
        key, _dot, below = path.partition(".")
        inner_values[key][below] = value
    changed = {key: _set_values(part, inner_values[key]) for key, part in _list_parts(content) if key in inner_values}
    if isinstance(content, BaseModel):
        names = {field.alias or name: name for name, field in type(content).model_fields.items()}
        return content.model_copy(update={names[key]: part for key, part in changed.items()})
    if isinstance(content, Mapping):
        return {key: changed.get(str(key), part) for key, part in content.items()}
    return type(content)(changed.get(str(index), part) for index, part in enumerate(content))
