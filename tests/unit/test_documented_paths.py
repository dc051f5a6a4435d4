"""Documents and docstrings name modules as they are: whoever moves one mends what names it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ROOT / "src" / "goodstanding"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MODULES = sorted(CODE.rglob("*.py"))
WIDTH_OF_NAMES = 56  # in the drawing; what each is for stands to the right of it
FILES_OF_THE_REPOSITORY = ("src/", "tests/", "docs/", "benchmarks/")
_NAMED = re.compile(r"`([\w./-]+)`")
_DOTTED = re.compile(r"`(?:goodstanding\.)?((?:\w+\.)*\w+)\.(\w+)(?:\(\))?`")
_KIND = re.compile(r"(?:[A-Z][a-z]+)+(?:[A-Z][a-z]*(?:ed|drawn)|Heard|Undone)")  # in the past tense
_BLOCK = re.compile(r"(?:^    .*\n|^\n)+", re.MULTILINE)


def is_path(text: str) -> bool:
    """Whether a word in a document is the path of a module, or of something else in the repository."""
    is_placeholder = any(part.isupper() for part in text.split("/"))
    return not is_placeholder and (text.endswith(".py") or text.startswith(FILES_OF_THE_REPOSITORY))


def is_on_file(path: str) -> bool:
    """Whether a path is there: from the root, from the code, or, without a folder, as the name of some module."""
    in_place = (ROOT / path).exists() or (CODE / path).exists()
    return in_place or ("/" not in path and any(module.name == path for module in MODULES))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_document_names_is_there(page: Path) -> None:
    """A module that was moved or renamed is named by its new path, in every document."""
    paths = [path for path in _NAMED.findall(page.read_text(encoding="utf-8")) if is_path(path)]
    assert [path for path in paths if not is_on_file(path)] == []


def list_packages() -> set[str]:
    """The rooms, and the packages inside those that are divided into storeys or journeys."""
    divided = (CODE, CODE / "register", CODE / "portal", CODE / "web")
    packages = {path.parent.name for folder in divided for path in folder.glob("*/__init__.py")}
    return packages - {"migrations"}


def test_the_drawing_of_the_house_names_every_room_storey_and_journey() -> None:
    """A package that is added, renamed or taken away is so in the drawing too."""
    page = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    left = " ".join(line[:WIDTH_OF_NAMES] for line in max(_BLOCK.findall(page), key=len).splitlines())
    assert set(re.findall(r"\w+", re.sub(r"\w+\.py", "", left))) == list_packages()


@cache
def list_names_by_module() -> dict[str, set[str]]:
    """Every name that modules define, import or use, by each ending of their dotted path."""
    names = defaultdict[str, set[str]](set)
    for module in MODULES:
        parts = [part for part in module.relative_to(CODE).with_suffix("").parts if part != "__init__"]
        used = {name for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) for name in list_names(node)}
        for start in range(len(parts)):
            names[".".join(parts[start:])] |= used
    return names


def list_names(node: ast.AST) -> Iterator[str]:
    """The names that one node of a syntax tree binds or reads."""
    yield from (str(getattr(node, field)) for field in ("name", "id", "attr", "arg", "asname") if hasattr(node, field))


def read_texts(module: Path) -> Iterator[str]:
    """The docstrings, other texts and comments of a module."""
    tokens = tokenize.generate_tokens(io.StringIO(module.read_text(encoding="utf-8")).readline)
    yield from (token.string for token in tokens if token.type in (tokenize.COMMENT, tokenize.STRING))


@pytest.mark.parametrize("room", sorted(path.parent.name for path in CODE.glob("*/__init__.py")))
def test_every_function_that_a_docstring_names_with_its_module_is_there(room: str) -> None:
    """`module.function` in a docstring or comment is a module of the house and a name in it."""
    missing = [
        f"{module.relative_to(CODE)}: {place}.{name}"
        for module in (CODE / room).rglob("*.py")
        for text in read_texts(module)
        for place, name in _DOTTED.findall(text)
        if place in list_names_by_module() and not is_there(place, name)
    ]
    assert missing == []


def is_there(place: str, name: str) -> bool:
    """Whether a module has a name, is a package with such a module, or is a file with such an ending."""
    is_module = f"{place}.{name}" in list_names_by_module() or any((CODE / place.replace(".", "/")).glob(f"{name}.py"))
    is_file = any(CODE.rglob(f"{place}.{name}"))
    return is_module or is_file or name in list_names_by_module()[place]


def list_constants(folder: Path) -> set[str]:
    """All texts that the modules of a folder write out."""
    trees = [ast.parse(module.read_text(encoding="utf-8")) for module in folder.rglob("*.py")]
    constants = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {constant for constant in constants if isinstance(constant, str)}


def test_the_reference_of_events_has_every_kind() -> None:
    """Each kind of event that the code names is described."""
    page = (ROOT / "docs" / "reference" / "events.md").read_text(encoding="utf-8")
    rooms = [CODE / name for name in ("intake", "ledger", "procedure", "register")]
    kinds = {text for room in rooms for text in list_constants(room) if _KIND.fullmatch(text)}
    assert len(kinds) > 40
    assert sorted(kind for kind in kinds if not re.search(rf"\b{kind}\b", page)) == []


def list_projection_columns() -> dict[str, set[str]]:
    """The columns of each table of the projection, by its name, but for numbers that only the database reads."""
    tree = ast.parse((CODE / "register" / "projection" / "models.py").read_text(encoding="utf-8"))
    tables = {}
    for model in tree.body:
        if isinstance(model, ast.ClassDef) and (table := re.search(r"db_table = '(\w+)'", ast.unparse(model))):
            columns = {ast.unparse(line.targets[0]) for line in model.body if isinstance(line, ast.Assign)}
            tables[table[1]] = columns - {"id"}
    return tables


def test_the_reference_of_the_projection_has_every_table_and_column() -> None:
    """Each table has a row, which names all its columns."""
    page = (ROOT / "docs" / "reference" / "projection.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1]: set(re.findall(r"`(\w+)`", row)) for row in page.splitlines() if row.startswith("| `")}
    tables = list_projection_columns()
    assert len(tables) > 10
    assert [(name, column) for name, columns in tables.items() for column in columns - rows.get(name, set())] == []


def list_glossary_rows() -> list[str]:
    """The rows of the glossary that say where a thing is."""
    page = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    return [line for line in page.splitlines() if line.startswith("| ") and ".py`" in line]


@pytest.mark.parametrize("row", list_glossary_rows(), ids=lambda row: row.split("|")[1].strip())
def test_what_the_glossary_names_is_in_the_module_beside_it(row: str) -> None:
    """A class or function of the glossary is defined in one of the modules of its row."""
    named = re.findall(r"`([^`]+)`", row.rsplit("|", 2)[1])
    modules = [CODE / name for name in named if name.endswith(".py")]
    texts = [module.read_text(encoding="utf-8") for module in modules]
    names = [name for name in named if not name.endswith(".py")]
    defined = [any(re.search(rf"^(?:class|def) {name}\b", text, re.MULTILINE) for text in texts) for name in names]
    assert texts
    assert dict(zip(names, defined, strict=True)) == dict.fromkeys(names, True)
