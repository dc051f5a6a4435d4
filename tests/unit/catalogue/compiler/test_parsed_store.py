"""What is kept on disk: the same catalogue comes out of it, and nothing that is damaged or that others could write."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goodstanding.catalogue import Catalogue, load_catalogue, load_files, load_library
from goodstanding.catalogue.compiler.parsed_store import find_parsed, keep_parsed, list_code_files
from goodstanding.catalogue.loader import _build_catalogue, get_catalogue_folder
from goodstanding.errors import CatalogueError

CONTENT = {"day": date(2020, 2, 29), "codes": ["a", 1, None, True], "inner": {"5": {"text": "é"}}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept, empty, and nothing remembered in the process."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    _build_catalogue.cache_clear()
    return tmp_path / "goodstanding"


def get_kept_file(folder: Path) -> Path:
    """The one file that is kept."""
    (file,) = folder.iterdir()
    return file


def test_what_was_kept_is_found_as_it_was(folder: Path) -> None:
    """Days stay days, texts that look like days stay texts, and another digest finds nothing."""
    keep_parsed("data", "1", CONTENT | {"text": "2020-02-29"})
    assert find_parsed("data", "1") == CONTENT | {"text": "2020-02-29"}
    assert find_parsed("data", "2") is None
    assert find_parsed("other", "1") is None


@pytest.mark.parametrize(
    "content", [{date(2020, 1, 1): 1}, {"sum": float("nan")}, {"set": {1, 2}}, {"object": object()}]
)
def test_what_would_come_back_as_something_else_is_not_kept(folder: Path, content: Any) -> None:
    """Content that MessagePack cannot give back exactly is parsed anew each time."""
    keep_parsed("data", "1", content)
    assert find_parsed("data", "1") is None


def test_a_catalogue_from_what_is_kept_is_the_same(folder: Path) -> None:
    """Every catalogue of the library is the same in all its parts, whether it was parsed or taken from what is kept."""
    parsed = load_library()
    _build_catalogue.cache_clear()
    kept = load_library()
    assert any(file.name.startswith("catalogue-") for file in folder.iterdir())
    for name, catalogue in parsed.items():
        assert kept[name] is not catalogue
        assert dump_in_full(kept[name]) == dump_in_full(catalogue)


def dump_in_full(catalogue: Catalogue) -> Mapping[str, Any]:
    """All that a catalogue holds, feeds with their types."""
    return catalogue.model_dump() | {"feeds": dict(catalogue.feeds), "fields": catalogue.model_fields_set}


def test_a_second_process_parses_nothing(folder: Path) -> None:
    """Where all was kept, neither the parser of YAML nor that of conditions is even imported."""
    load_library()
    code = "import sys; from goodstanding.catalogue import load_library; load_library(); print(*sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "goodstanding.catalogue.loader" in printed
    assert not {"ruamel.yaml", "sqlglot", "goodstanding.catalogue.compiler.compilation"} & set(printed)


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b[: len(b) // 2], lambda b: b[:-1] + bytes([b[-1] ^ 1])])
def test_a_damaged_file_is_as_none(folder: Path, damage: Any) -> None:
    """Half a file, an empty one and a changed one give nothing, and the catalogue is parsed again."""
    catalogue = load_catalogue(get_catalogue_folder("uk-food-hygiene"))
    file = get_kept_file(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert find_parsed("catalogue", catalogue.digest) is None
    _build_catalogue.cache_clear()
    assert dump_in_full(load_catalogue(get_catalogue_folder("uk-food-hygiene"))) == dump_in_full(catalogue)
    assert find_parsed("catalogue", catalogue.digest) is not None


def test_a_file_under_another_name_is_as_none(folder: Path) -> None:
    """What was kept of one text cannot be passed off as that of another."""
    keep_parsed("data", "1", CONTENT)
    file = get_kept_file(folder)
    file.rename(folder / file.name.replace("data-1-", "data-2-"))
    assert find_parsed("data", "2") is None


@pytest.mark.parametrize("mode", [0o666, 0o620])
def test_a_file_that_others_can_write_is_not_read(folder: Path, mode: int) -> None:
    """What is kept counts only where nobody else can have written it."""
    keep_parsed("data", "1", CONTENT)
    get_kept_file(folder).chmod(mode)
    assert find_parsed("data", "1") is None


def test_a_folder_that_others_can_write_is_not_used(folder: Path) -> None:
    """In a folder into which others can write nothing is kept, and nothing is read."""
    keep_parsed("data", "1", CONTENT)
    folder.chmod(0o777)
    assert find_parsed("data", "1") is None
    keep_parsed("data", "2", CONTENT)
    assert len(list(folder.iterdir())) == 1


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """A link in the place of the file leads nowhere."""
    keep_parsed("data", "1", CONTENT)
    file = get_kept_file(folder)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert find_parsed("data", "1") is None


def test_where_nothing_can_be_kept_all_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that cannot be made costs time and nothing else."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    _build_catalogue.cache_clear()
    assert load_catalogue(get_catalogue_folder("uk-food-hygiene")).name == "uk-food-hygiene"


def test_a_refused_catalogue_is_refused_again(folder: Path, texts: dict[str, str]) -> None:
    """Nothing is kept of files that do not hold together."""
    wrong = {**texts, "catalogue.yaml": texts["catalogue.yaml"].replace("lapses: P2Y", "lapse: P2Y")}
    for _ in range(2):
        with pytest.raises(CatalogueError):
            load_files(wrong)
    assert not folder.exists()


def test_what_is_not_to_be_kept_is_parsed(folder: Path, texts: dict[str, str]) -> None:
    """Verification checks the rules themselves: it takes nothing from what is kept, and leaves nothing there."""
    load_files(texts, kept=False)
    assert not folder.exists()
    keep_parsed("catalogue", load_files(texts, kept=False).digest, {"examples": [], "feeds": {}})
    assert load_files(texts, kept=False).schemes


def test_kept_content_of_another_form_is_parsed_again(folder: Path, texts: dict[str, str]) -> None:
    """The form of what is kept is checked as that of any content."""
    keep_parsed("catalogue", load_files(texts, kept=False).digest, {"examples": [], "feeds": {}})
    assert load_files(texts).schemes


def test_the_folder_stays_small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go when there are many."""
    monkeypatch.setattr("goodstanding.catalogue.compiler.parsed_store.MOST_FILES", 4)
    for number in range(6):
        keep_parsed("data", str(number), CONTENT)
        os.utime(max(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns), (number, number))
    assert len(list(folder.iterdir())) <= 4
    assert find_parsed("data", "5") == CONTENT


def test_what_nobody_used_for_long_goes_and_nothing_that_is_not_ours(folder: Path, tmp_path: Path) -> None:
    """When something is kept, what was last used more than ninety days ago goes; being found is a use."""
    for key in ("unused", "used"):
        keep_parsed("data", key, CONTENT)
    (unused,) = folder.glob("data-unused-*")
    (used,) = folder.glob("data-used-*")
    program, elsewhere = unused.name.rpartition("-")[2], tmp_path / "elsewhere"
    elsewhere.touch()
    others = [folder / "notes.txt", folder / "data-x-short", folder / f"data-linked-{program}"]
    for file in others[:2]:
        file.touch()
    others[2].symlink_to(elsewhere)
    (folder / f"data-folder-{program}").mkdir()
    left = folder / "unfinished-abc_1"
    left.touch()
    for file in (unused, used, left, *others, folder / f"data-folder-{program}"):
        os.utime(file, (0, 0), follow_symlinks=False)
    assert find_parsed("data", "used") == CONTENT
    keep_parsed("data", "new", CONTENT)
    assert (unused.exists(), left.exists()) == (False, False)
    assert {file.name for file in folder.iterdir()} == {
        used.name, f"data-new-{program}", f"data-folder-{program}", *(file.name for file in others),
    }  # fmt: skip


def test_two_who_tidy_at_once_lose_nothing(folder: Path) -> None:
    """Several processes that keep and tidy at once all end well, and what they kept is there."""
    keep_parsed("data", "old", CONTENT)
    for number in range(300):
        keep_parsed("old", str(number), 1)
    for file in folder.glob("old-*"):
        os.utime(file, (0, 0))
    code = (
        "import sys; from goodstanding.catalogue.compiler.parsed_store import keep_parsed\n"
        "for n in range(20): keep_parsed('new', f'{sys.argv[1]}x{n}', n)"
    )
    programs = [subprocess.Popen([sys.executable, "-c", code, str(number)]) for number in range(3)]
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert sorted(find_parsed("new", f"{number}x{n}") for number in range(3) for n in range(20)) == sorted(
        list(range(20)) * 3
    )
    assert not list(folder.glob("old-*"))


def test_what_is_kept_depends_on_every_module_of_the_room() -> None:
    """A change of how rules are read, checked or modelled makes another name, so that nothing stale is taken."""
    names = {f"{file.parent.name}/{file.name}" for file in list_code_files()}
    assert {"catalogue/model.py", "compiler/parsed_store.py", "validation/case_checks.py"} <= names
