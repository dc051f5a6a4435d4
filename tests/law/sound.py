"""A small live catalogue that every article of the charter applies to and none refuses: each test spoils one thing."""

from __future__ import annotations

from pathlib import Path

from goodstanding.catalogue import Catalogue, load_files

FOLDER = Path(__file__).parent / "sound_catalogue"


def load_sound_catalogue(*changes: tuple[str, str]) -> Catalogue:
    """The catalogue with texts exchanged; each must be there."""
    text = (FOLDER / "catalogue.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return load_files(
        {"catalogue.yaml": text, "instruments.yaml": (FOLDER / "instruments.yaml").read_text(encoding="utf-8")}
    )
