"""Each message is made with the parameters that its words name: else a refusal would fail where it is said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodstanding import messages
from goodstanding.messages import MessageCode

HOUSE = Path(messages.__file__).parents[1]
MODULES = [file for file in sorted(HOUSE.rglob("*.py")) if "Message(" in file.read_text(encoding="utf-8")]
_PARAMETER = re.compile(r"%\((\w+)\)s")
Values = dict[str, ast.expr]  # what the names of a function stand for, each as it was set last


def list_made_messages(function: ast.FunctionDef) -> Iterator[tuple[ast.Call, Values]]:
    """The messages that a function makes, in order, each with what its names stand for there."""
    values: Values = {}
    nodes = (node for node in ast.walk(function) if isinstance(node, ast.Assign | ast.Call))
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
            yield node, dict(values)


def list_codes(node: ast.expr, values: Values) -> list[MessageCode]:
    """The codes that an argument can be; none where it comes from elsewhere."""
    if isinstance(node, ast.Name) and node.id in values:
        return list_codes(values[node.id], values)
    if isinstance(node, ast.IfExp):
        return [*list_codes(node.body, values), *list_codes(node.orelse, values)]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and hasattr(messages, node.value.id):
        return [getattr(getattr(messages, node.value.id), node.attr)]
    return []


def list_parameters(call: ast.Call, values: Values) -> set[str] | None:
    """The names of a message's parameters; None where they are put together elsewhere."""
    node = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
    if isinstance(node, ast.Name):
        node = values.get(node.id, node)
    if not isinstance(node, ast.Dict) or not all(isinstance(key, ast.Constant) for key in node.keys):
        return None
    return {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(HOUSE)))
def test_a_message_has_the_parameters_that_its_words_name(module: Path) -> None:
    """Where code and parameters can be read from the module itself, none is missing."""
    functions = [
        node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    missing = {
        (call.lineno, str(code)): names - parameters
        for function in functions
        for call, values in list_made_messages(function)
        if (parameters := list_parameters(call, values)) is not None
        for code in list_codes(call.args[0], values)
        if not (names := set(_PARAMETER.findall(code.text + code.remedy))) <= parameters
    }
    assert missing == {}
