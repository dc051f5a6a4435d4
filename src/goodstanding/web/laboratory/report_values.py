"""The values of which a report is made: texts are plain and short, numbers finite, shares between 0 and 1."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from goodstanding import plain_text

LARGEST = 1e15
MOST_ENTRIES = 100
LONGEST_LINE = 2_000
_CODE = re.compile("`([^`]*)`")


def _check_line(text: str) -> str:
    """A text on one line, what stands in backticks in quotes; raises ValueError for characters that no text has."""
    if plain_text.list_forbidden_codes(text):
        raise ValueError("characters that no text has")
    return plain_text.join_lines(_CODE.sub(r"“\1”", text))


def _begin_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


Line = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(_check_line)]
Prose = Annotated[Line, AfterValidator(_begin_sentence)]
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
MaybeNumber = Number | None  # what is no number is null in a report
Part = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=10**15)]
ReportName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Mark = Literal["D", "S", "M", "X", "R"] | None
Few = Field(max_length=MOST_ENTRIES)


class ReportPart(BaseModel):
    """A part of a report: it never changes, and what is not declared is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False, populate_by_name=True)
