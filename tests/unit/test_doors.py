"""What each room lets others use: plain rooms export names, the others name the modules and packages that are doors."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "src" / "goodstanding"
ROOMS = sorted(folder.name for folder in HOUSE.iterdir() if (folder / "__init__.py").exists())
PACKAGES = sorted(file.parent for file in HOUSE.rglob("__init__.py") if file.parent.name != "migrations")
EXPORTS = {
    "access": "ANYBODY OPERATOR WHOLE_REGISTER Action Actor Decision Resource Role list_visible_audiences may",
    "catalogue": "Catalogue ExampleResult Feed Period load_catalogue load_files load_library overlay_catalogue"
    " run_examples",
    "charter": "ARTICLES VERSION Article Assessment Breach assess assess_together list_stacking_breaches"
    " refuse_if_breached refuse_if_stacked",
    "cli": "main",
    "lab": "Parameter Population assess draw_lives list_parameters load_acts plan_acts run set_parameters",
    "messages": "AccessMessage ArticleMessage AssessmentMessage BehaviourMessage CaseMessage CatalogueMessage"
    " CharterMessage ConsequenceMessage DecisionMessage DocumentMessage EnactmentMessage EntryMessage"
    " EvidenceMessage ExperimentMessage IntakeMessage LaboratoryMessage LedgerMessage Message"
    " MessageCode OversightMessage ProcedureMessage RegisterMessage ReviewMessage RuleMessage RunMessage"
    " SettingsMessage SubjectsMessage SubmissionMessage TermMessage find_code list_codes",
    "procedure": "Interval StatedCase StatedStep advance list_intervals",
    "standing": "RuleVersion build_effects_sql compute_by_version compute_effects compute_explanations compute_moments"
    " compute_outcomes"
    " compute_stated_steps cut_to_days evaluate join_versions match_records",
    "subjects": "KINDS PUBLISHED_KINDS SCHEMES Identifier IdentifierScheme Kind SearchPlan build_own_scheme"
    " build_search_text build_search_texts declare_schemes find_person_scheme guess_identifiers has_sure_number"
    " list_grams normalise_name plan_search rank_names refuse_if_scheme_name_taken repair_encoding",
}
ROOMS_WITH_DOORS = [room for room in ROOMS if room not in EXPORTS]


@cache
def read_doors(room: str) -> frozenset[str]:
    """What a room's docstring names as its modules and packages."""
    return frozenset(re.findall(r"`(\w+)`", importlib.import_module(f"goodstanding.{room}").__doc__ or ""))


def is_in_room(room: str, name: str) -> bool:
    """Whether a room has a module or package of a name."""
    return (HOUSE / room / name).is_dir() or (HOUSE / room / f"{name}.py").exists()


@cache
def list_imports() -> tuple[tuple[str, str, str], ...]:
    """Each import across rooms, as `_iterate_imports` gives them."""
    return tuple(_iterate_imports())


def _iterate_imports() -> Iterator[tuple[str, str, str]]:
    """Each import across rooms: the module that imports, the room, and the room's module or package ('' for itself)."""
    for file in HOUSE.rglob("*.py"):
        own_room = file.relative_to(HOUSE).parts[0]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("goodstanding."):
                _house, room, *inner = (node.module or "").split(".")
                if room in ROOMS and room != own_room:
                    names = inner[:1] or [alias.name for alias in node.names]
                    yield from ((str(file.relative_to(HOUSE)), room, name) for name in names)


@pytest.mark.parametrize("room", EXPORTS)
def test_a_plain_room_exports_what_is_written_here(room: str) -> None:
    """A name that a room exports is a promise: adding or removing one is a decision, made here too."""
    module = importlib.import_module(f"goodstanding.{room}")
    assert set(module.__all__) == set(EXPORTS[room].split())
    assert all(hasattr(module, name) for name in module.__all__)


@pytest.mark.parametrize("room", ROOMS_WITH_DOORS)
def test_other_rooms_come_in_by_the_doors_that_a_room_names(room: str) -> None:
    """A room without exports names in its docstring what others import, and all that it names is there."""
    assert [name for name in read_doors(room) if not is_in_room(room, name)] == []
    assert [come for come in list_imports() if come[1] == room and come[2] not in read_doors(room)] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package.relative_to(HOUSE.parent)))
def test_a_package_says_what_it_is_for(package: Path) -> None:
    """The first thing to read in a package is what it is for."""
    assert ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
