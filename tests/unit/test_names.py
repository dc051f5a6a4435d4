"""Names keep the rules of the house: things have nouns, functions verbs, and variables say what they hold."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "src" / "goodstanding"
FILES = sorted(file for file in HOUSE.rglob("*.py") if "migrations" not in file.parts)
ROOT = HOUSE.parents[1]
FILES_BESIDE = sorted(file for folder in ("tests", "benchmarks") for file in (ROOT / folder).rglob("*.py"))
TEMPLATES = sorted(file for file in HOUSE.rglob("*") if "templates" in file.parts and file.is_file())
ROOMS = {folder.name for folder in HOUSE.iterdir() if (folder / "__init__.py").exists()}
MOST_ONE_WORD = 0.2

# No names: pronouns, participles that stand alone, and words that say nothing.
_BANNED = "one each said held given found whose what here rest more its those became told asked meant known made"
_NO_MODULES = (
    "utils helpers misc manager base who where when how why this that then seen done gone kept look looks looking reach"
    " whole going come see saw say saying ask asking enter leave leaving lasting judging following beside elsewhere"
    " outside everything alike differ possible using places basics doing put take get make use"
)
# Words in -ing and -ed that are nouns of the field, or say which thing a noun is.
_NOUNS = (
    "feed grading mapping ranking standing wording formatting settings findings listings reporting"
    " enacted entered erased faceted filed packaged parsed published received signed stated stored structured typed"
)
BANNED = frozenset(_BANNED.split())
NO_WORDS_OF_MODULES = BANNED | frozenset(_NO_MODULES.split())
NOUNS_IN_ING_AND_ED = frozenset(_NOUNS.split())
HEADS_IN_ED = {"feed"}  # a name may end in no other: a participle is no thing
# A storey or a library that holds what a room is about, for everybody above it.
NAMED_LIKE_A_ROOM = {"register/files/file_access.py", "register/files/subjects.py"}

KEYS_OF_SCHEMAS = {"asked", "found", "here", "known", "made", "more", "said", "what"}  # keys of answers in JSON
ALLOWED = {
    ("api.py", "known"): "a query parameter, bound by name",
    ("portal/submissions/api/views.py", "more"): "a query parameter, bound by name",
    ("intake/models.py", "asked"): "a column of a table",
    ("intake/submissions/batches.py", "asked"): "the same column, written",
    ("register/erasure/erasure_requests.py", "asked"): "a key of what `erase --json` prints",
}
_TAG = re.compile(r"{%(.*?)%}", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LOOP = re.compile(r"for (.+?) in ")
_BOUND = re.compile(r"(\w+)=|\bas (\w+)")
BINDING_TAGS = ("with", "include", "blocktranslate", "translate", "url")


@cache
def parsed(file: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(file.read_text(encoding="utf-8"))


def place(file: Path) -> str:
    """A module's path within the house."""
    return file.relative_to(HOUSE).as_posix()


def bindings(tree: ast.Module) -> Iterator[str]:
    """Each name that a module binds: variables, parameters, attributes, functions, classes, imports."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=alias):
                yield alias or name.rpartition(".")[2]
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name


def list_template_bindings(text: str) -> Iterator[str]:
    """Each name that a template binds: of loops, of `with`, and of what is kept `as` a name."""
    for tag in _TAG.findall(text):
        code = _QUOTED.sub("", tag).strip()
        if loop := _LOOP.match(code):
            yield from re.findall(r"\w+", loop[1])
        elif code.split(maxsplit=1)[0] in BINDING_TAGS:
            yield from (keyword or name for keyword, name in _BOUND.findall(code))


def module_names() -> Iterator[tuple[str, list[str]]]:
    """Each module and package below the rooms, with the words of its name."""
    for file in FILES:
        name = file.parent.name if file.stem == "__init__" else file.stem
        yield place(file), name.split("_")


def test_a_module_is_named_by_a_noun_of_the_field() -> None:
    """No pronoun, verb or lone participle names a module; words in -ing and -ed are those listed here."""
    wrong = [
        (where, word)
        for where, words in module_names()
        for word in words
        if word in NO_WORDS_OF_MODULES or (word.endswith(("ing", "ings", "ed")) and word not in NOUNS_IN_ING_AND_ED)
        if word != "goodstanding"
    ]
    wrong += [
        (where, words[-1])
        for where, words in module_names()
        if words[-1].endswith("ed") and words[-1] not in HEADS_IN_ED
    ]
    assert wrong == []


def test_no_module_bears_the_name_of_a_room() -> None:
    """A room's name means the room; only two modules of a subject's file say the same word."""
    inner = [file for file in FILES if len(file.relative_to(HOUSE).parts) > 1 and file.stem != "__init__"]
    assert {place(file) for file in inner if file.stem in ROOMS} <= NAMED_LIKE_A_ROOM


def test_no_variable_parameter_or_function_bears_a_banned_name() -> None:
    """Names say what they hold; the few exceptions are names that people outside rely on."""
    wrong = {
        (place(file), name)
        for file in FILES
        for name in bindings(parsed(file))
        if name.strip("_") in BANNED and not (file.stem.endswith("schemas") and name in KEYS_OF_SCHEMAS)
    }
    assert wrong - ALLOWED.keys() == set()
    assert ALLOWED.keys() - wrong == set()  # what is no longer needed goes


def test_no_name_in_tests_or_benchmarks_is_banned() -> None:
    """Tests and benchmarks are read as often as the code; only Hypothesis brings a word of its own."""
    wrong = [
        (file.relative_to(ROOT).as_posix(), name)
        for file in FILES_BESIDE
        for name in bindings(parsed(file))
        if name.strip("_") in BANNED
        if not (name == "given" and "from hypothesis import" in file.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_no_name_in_a_template_is_banned() -> None:
    """A loop in a template names what it goes through, and so does every name that is bound there."""
    wrong = [
        (file.relative_to(HOUSE).as_posix(), name)
        for file in TEMPLATES
        for name in list_template_bindings(file.read_text(encoding="utf-8"))
        if name in BANNED
    ]
    assert wrong == []


def test_few_public_functions_have_a_name_of_one_word() -> None:
    """A function's name is a verb and its object, so that it is clear wherever it is imported."""
    names = [
        node.name
        for file in FILES
        for node in parsed(file).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert sum("_" not in name for name in names) < MOST_ONE_WORD * len(names)


def test_a_public_class_has_its_name_alone_in_its_room() -> None:
    """A class is known by its name within its room; the model of a table may bear the name of what a row keeps."""
    classes = Counter(
        (file.relative_to(HOUSE).parts[0], node.name)
        for file in FILES
        if file.name != "models.py"
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [key for key, number in classes.items() if number > 1] == []
