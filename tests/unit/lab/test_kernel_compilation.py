"""Tests of where compiled code is kept: never that of other sources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from goodstanding.lab.kernel_compilation import choose_cache_folder, digest_sources


def make_laboratory(folder: Path) -> Path:
    """A laboratory of one source in each room."""
    for room in ("simulation/docket", "world"):
        (folder / room).mkdir(parents=True)
        (folder / room / "loop.py").write_text("STEP = 1\n")
    return folder


def test_a_change_of_any_source_begins_a_folder_and_takes_the_older_away(tmp_path: Path) -> None:
    """Of a source in a room within a room too, and of its name."""
    laboratory = make_laboratory(tmp_path)
    first = choose_cache_folder(laboratory)
    assert first and choose_cache_folder(laboratory) == first
    source = laboratory / "simulation" / "docket" / "loop.py"
    source.write_text("STEP = 2\n")
    second = choose_cache_folder(laboratory)
    assert second and second != first and not first.exists()
    source.rename(source.with_name("step.py"))
    assert choose_cache_folder(laboratory) not in (first, second)


def test_where_nothing_can_be_written_another_place_is_asked_for(tmp_path: Path) -> None:
    """As in a package that belongs to somebody else."""
    laboratory = make_laboratory(tmp_path)
    (laboratory / "__pycache__").write_text("no folder")
    assert choose_cache_folder(laboratory) is None
    assert (
        choose_cache_folder(laboratory, tmp_path / "home")
        == tmp_path / "home" / f"kernels-{digest_sources(laboratory)}"
    )


def test_where_neither_package_nor_home_can_be_written_kernels_last_as_long_as_the_process(tmp_path: Path) -> None:
    """They compile all the same, and leave nothing behind."""
    laboratory = make_laboratory(tmp_path / "laboratory")
    (laboratory / "__pycache__").write_text("no folder")
    (home := tmp_path / "home").write_text("no folder")
    (passing := tmp_path / "passing").mkdir()
    program = f"""
from pathlib import Path
from goodstanding.lab.kernel_compilation import set_cache_folder
set_cache_folder(Path({str(laboratory)!r}))
from numba import config
print(config.CACHE_DIR, Path(config.CACHE_DIR).is_dir())
"""
    environment = os.environ | {"HOME": str(home), "TMPDIR": str(passing), "NUMBA_CACHE_DIR": ""}
    shown = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert shown.stdout.startswith(f"{passing}/goodstanding-")
    assert shown.stdout.endswith(" True\n")
    assert list(passing.iterdir()) == []


def test_compiled_code_is_kept_in_the_folder_of_these_sources() -> None:
    """In a process of its own, as the laboratory is imported by whoever uses it."""
    program = "import goodstanding.lab; from numba import config; print(config.CACHE_DIR)"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip().endswith(f"kernels-{digest_sources()}")
