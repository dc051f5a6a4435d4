"""Why a row or a whole file was refused, in the clerk's own columns: a message, said in words where it is shown.

Programs decide by the code of a problem, never by its words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from goodstanding.errors import GoodstandingError
from goodstanding.messages import IntakeMessage, Message, MessageCode, find_code

_ERASED = {IntakeMessage.ROW_ERASED, IntakeMessage.ERASED_OF_OLD}
_NEVER_KEPT = {*_ERASED, IntakeMessage.ROW_OF_PERSON}
_REPEATED = {IntakeMessage.ROW_REPEATED, IntakeMessage.ROW_CONTRADICTED, IntakeMessage.REPEATED_OF_OLD}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row, or (row None) a whole file, was refused; `value` is what stood there."""

    row: int | None
    column: str
    message: Message
    value: str | None = None

    @property
    def code(self) -> MessageCode:
        """What is wrong, for programs."""
        return self.message.code

    @property
    def reason(self) -> str:
        """What is wrong, in the words that are written in the code."""
        return render_reason(self.message)

    @property
    def is_never_kept(self) -> bool:
        """Whether nothing of the row is kept: it states a record that was erased here, or names a natural person."""
        return self.code in _NEVER_KEPT

    @property
    def is_of_person(self) -> bool:
        """Whether a natural person's number stands in the row, so that nothing of it is told either."""
        return self.code is IntakeMessage.ROW_OF_PERSON

    @property
    def is_repeated(self) -> bool:
        """Whether another row has the same reference, so that only a clerk can say which of the two is meant."""
        return self.code in _REPEATED

    def words(self, language: str = "") -> str:
        """In one line, for a clerk: `ratingdate: not a day such as 2015-02-16 ('soon')`."""
        shown = f" ({self.value!r})" if self.value is not None else ""
        column = f"{self.column}: " if self.column else ""
        return f"{column}{render_reason(self.message, language)}{shown}"

    def describe(self, language: str = "") -> dict[str, Any]:
        """As programs read it, its reason in words."""
        reason = render_reason(self.message, language)
        return {"row": self.row, "column": self.column, "reason": reason, "value": self.value}


def render_reason(message: Message, language: str = "") -> str:
    """What is wrong, and what would be right where the code says so."""
    text, remedy = message.render_text(language), message.render_remedy(language)
    joint = " " if text.endswith((".", "?", "。")) else "; "
    return joint.join(filter(None, (text, remedy)))


def get_message(error: GoodstandingError) -> Message:
    """The message of an error that is told as a problem of a row or a file."""
    return error.coded if isinstance(error.coded, Message) else unpack_message(error.message)


def build_problem(row: int | None, column: str, code: str, params: str, value: str | None) -> RowProblem:
    """A problem from the columns of a table: its code, and its parameters as JSON."""
    return RowProblem(row, column, _parse_message(code, params), value)


def render_params(message: Message) -> str:
    """The parameters of a message as JSON."""
    return json.dumps(pack_message(message)["params"], ensure_ascii=False)


@lru_cache(maxsize=1_000)
def _parse_message(code: str, params: str) -> Message:
    return unpack_message({"code": code, "params": json.loads(params)})


def pack_message(message: Message) -> dict[str, Any]:
    """A message as it is kept, to be said later in any language: its code and its parameters."""
    return {"code": message.code, "params": {name: _pack_param(value) for name, value in message.params.items()}}


def _pack_param(value: object) -> object:
    if isinstance(value, Message):
        return pack_message(value)
    return value if isinstance(value, int) else str(value)


def unpack_message(stored: Mapping[str, Any] | str) -> Message:
    """The message that was kept; of words alone what was kept as words, before there were codes."""
    if isinstance(stored, str):
        return Message(IntakeMessage.WORDS_OF_OLD, {"words": stored})
    code = find_code(stored["code"])
    if code is None:  # of a newer version
        return unpack_message(stored["code"])
    params = stored["params"].items()
    return Message(code, {name: unpack_message(value) if isinstance(value, dict) else value for name, value in params})
