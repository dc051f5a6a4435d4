"""What stands in a catalogue's folder: only files of its own are read, and none that has no end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.law.sound import FOLDER

from goodstanding.catalogue import load_catalogue
from goodstanding.catalogue.loader import MOST_FILE_BYTES
from goodstanding.errors import CatalogueError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sound catalogue in a folder of its own."""
    return shutil.copytree(FOLDER, tmp_path / "sound")


def link_outside(file: Path) -> None:
    """A link to a file beside the folder."""
    secret = file.parent.parent / "secret.yaml"
    secret.write_text("password: x\n", encoding="utf-8")
    file.symlink_to(secret)


def make_large(file: Path) -> None:
    """A file with a hole that is larger than any catalogue."""
    with file.open("wb") as stream:
        stream.truncate(MOST_FILE_BYTES + 1)


FILES: dict[str, Callable[[Path], object]] = {
    "a pipe that nobody fills": lambda file: os.mkfifo(file),
    "a device without end": lambda file: file.symlink_to("/dev/zero"),
    "a link out of the folder": link_outside,
    "a link to nothing": lambda file: file.symlink_to("nowhere"),
    "a folder with the name of a file": lambda file: file.mkdir(),
    "a very large file": make_large,
}


@pytest.mark.parametrize("means", FILES)
def test_what_is_no_file_of_the_folder_is_refused_before_it_is_read(folder: Path, means: str) -> None:
    """It would never end, fill the memory, or be published with the draft."""
    FILES[means](folder / "extra.yaml")
    with pytest.raises(CatalogueError) as refusal:
        load_catalogue(folder)
    assert "extra.yaml" in refusal.value.where
    assert refusal.value.remedy or refusal.value.message.render_remedy()


def test_a_folder_that_is_a_link_is_read(folder: Path) -> None:
    """Whoever keeps catalogues elsewhere links the folder as a whole."""
    linked = folder.parent / "linked"
    linked.symlink_to(folder)
    assert load_catalogue(linked).name == "sound"
