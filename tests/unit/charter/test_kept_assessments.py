"""What a catalogue breaches is worked out once: that it breaches nothing is kept on disk, a breach never is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.law.test_charter import load_sound_catalogue

from goodstanding.charter import assessment


@pytest.fixture
def fresh_assessments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache folder of its own, and nothing assessed before."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assessment.assess.cache_clear()


@pytest.mark.usefixtures("fresh_assessments")
def test_a_sound_catalogue_is_assessed_once_for_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process finds the same answer without asking an article."""
    first = assessment.assess(load_sound_catalogue())
    assessment.assess.cache_clear()
    monkeypatch.setattr(assessment, "_assess_articles", pytest.fail)
    assert assessment.assess(load_sound_catalogue()) == first


@pytest.mark.usefixtures("fresh_assessments")
def test_a_breach_is_worked_out_each_time() -> None:
    """Its reasons say where in the files it is, which is not kept."""
    catalogue = load_sound_catalogue(("reports: P1Y", "reports: P2Y"))
    before = assessment.assess(catalogue)
    assessment.assess.cache_clear()
    assert assessment.assess(catalogue) == before
    assert before.breached == (23,)


@pytest.mark.usefixtures("fresh_assessments")
def test_another_charter_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a catalogue was told under other articles says nothing about these."""
    assessment.assess(load_sound_catalogue())
    assessment.assess.cache_clear()
    monkeypatch.setattr(assessment, "_compute_program_digest", lambda: "other articles")
    monkeypatch.setattr(assessment, "_assess_articles", lambda catalogue: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        assessment.assess(load_sound_catalogue())
