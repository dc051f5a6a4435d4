"""Published figures of a country, each with its unit, its source and how surely it is known.

The marks are those of the files: D read in an official table, S second-hand, M from memory, X looked for and not
found. Whoever uses an M is warned; an X is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from goodstanding.errors import LaboratoryError
from goodstanding.lab.parameters import Parameter
from goodstanding.lab.strict_files import StrictFile, read_packaged_file
from goodstanding.messages import LaboratoryMessage, Message

FOLDER = "marginals"
RECALLED, NOT_FOUND = "M", "X"
REFERENCE = "marginals"  # a parameter's source may be `marginals COUNTRY PATH`


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number, or a row of them, with where it stands."""

    values: tuple[float, ...]
    unit: str
    mark: str
    where: str

    @property
    def value(self) -> float:
        """The number, where it is a single one."""
        (value,) = self.values
        return value


class PublishedFigures:
    """The figures of one country's file."""

    def __init__(self, file: StrictFile) -> None:
        self.file = file

    def get_figure(self, path: str) -> Figure:
        """The figure at a path such as `nation.income.median_2023`; raises LaboratoryError where none is, or an X."""
        content: Any = self.file.content
        for key in path.split("."):
            content = content.get(key) if isinstance(content, Mapping) else None
        if not isinstance(content, Mapping) or "confidence" not in content:
            raise LaboratoryError(
                Message(LaboratoryMessage.FIGURE_UNKNOWN, {"figure": repr(path)}),
                where=self.file.name,
                remedy=", ".join(get_close_matches(path, self._list_paths(), n=3)),
            )
        return self._build_figure(path, content["value"], content)

    def get_column(self, table: str, column: str) -> dict[str, Figure]:
        """A column of a table of regions, by region."""
        content = self.file.content[table]
        if column not in content["columns"]:
            near = ", ".join(get_close_matches(column, content["columns"], n=3) or content["columns"])
            unknown = Message(LaboratoryMessage.FIGURE_UNKNOWN, {"figure": repr(f"{table}.columns.{column}")})
            raise LaboratoryError(unknown, where=self.file.name, remedy=near)
        heads = content.get("overrides", {}).get(column, {})
        head = content["columns"][column]
        path = f"{table}.columns.{column}"
        return {
            row["id"]: self._build_figure(path, row[column], {**head, **heads.get(row["id"], {})})
            for row in content["rows"]
        }

    def _build_figure(self, path: str, value: Any, head: Mapping[str, Any]) -> Figure:
        where = self.file.locate(*path.split("."))
        if head["confidence"] == NOT_FOUND or value is None:
            raise LaboratoryError(Message(LaboratoryMessage.FIGURE_MISSING, {"figure": repr(path)}), where=where)
        values = tuple(float(part) for part in value) if isinstance(value, list) else (float(value),)
        return Figure(values, str(head["unit"]), head["confidence"], where)

    def _list_paths(self) -> list[str]:
        return list(_iterate_paths(self.file.content, ""))


def _iterate_paths(content: Mapping[str, Any], prefix: str) -> Any:
    for key, value in content.items():
        if isinstance(value, Mapping):
            path = f"{prefix}{key}"
            yield from [path] if "confidence" in value else _iterate_paths(value, f"{path}.")


@cache
def load_figures(country: str) -> PublishedFigures:
    """The figures of a country that come with the laboratory: `china` or `uk`."""
    return PublishedFigures(read_packaged_file(f"{FOLDER}/{country}.yaml"))


def find_cited_figure(parameter: Parameter) -> Figure | None:
    """The figure that a parameter's source cites as `marginals COUNTRY PATH`; None where it cites none.

    Raises LaboratoryError where there is no such figure, or it is marked X.
    """
    word, _space, cited = parameter.source.partition(" ")
    if word != REFERENCE:
        return None
    country, _space, path = cited.partition(" ")
    return load_figures(country).get_figure(path)


def refuse_if_uncited(file: StrictFile, parameters: Mapping[str, Parameter]) -> None:
    """Nothing, or a LaboratoryError where a parameter of the file cites a figure that is not there, or is an X."""
    for path, parameter in parameters.items():
        try:
            find_cited_figure(parameter)
        except LaboratoryError as problem:
            assert problem.coded, "figures are refused by codes"
            raise LaboratoryError(
                problem.coded, where=file.locate(*path.split(".")), remedy=problem.remedy
            ) from problem


def list_recalled(parameters: Mapping[str, Parameter]) -> list[str]:
    """The paths of parameters that rest on memory, their own mark or that of the figure they cite: to be warned of."""
    return [
        path
        for path, parameter in parameters.items()
        if parameter.mark == RECALLED or ((figure := find_cited_figure(parameter)) and figure.mark == RECALLED)
    ]
