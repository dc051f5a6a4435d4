"""Bands: that they do not overlap, leave no gap, and can each be reached."""

from __future__ import annotations

import pytest

from goodstanding.catalogue import load_files
from goodstanding.catalogue.validation.band_checks import compute_score_range
from goodstanding.errors import BadBands

YAML = "catalogue.yaml"
BANDS = """\
      - {grade: A, at_most: 5}
      - {grade: B, at_least: 6, at_most: 10}
      - {grade: C}
"""


def bands(*lines: str) -> str:
    """Bands as they stand in the small catalogue."""
    return "".join(f"      - {{{line}}}\n" for line in lines)


@pytest.mark.parametrize(
    ("lines", "message", "band"),
    [
        (
            ["grade: A, at_most: 5", "grade: B, at_least: 5, at_most: 10", "grade: C"],
            "'A' and 'B' both claim 5 to 5",
            1,
        ),
        (["grade: A, at_least: 0, at_most: 9", "grade: B, at_least: 3, at_most: 12", "grade: C"], "claim 3 to 9", 1),
        (["grade: A, at_most: 5", "grade: B, at_most: 10"], "Some scores fall into no band", None),
        (["grade: A, at_most: 4", "grade: B, at_least: 6"], "Some scores fall into no band", None),
        (["grade: A, at_most: 20", "grade: C"], "Nothing can reach the band 'C'", 1),
        (["grade: A, at_most: 5", "grade: B, at_most: 4", "grade: C"], "Nothing can reach the band 'B'", 1),
        (["grade: A, at_most: 5", "grade: B, at_least: 21", "grade: C"], "'B' has a bound of 21", 1),
        (["grade: A", "grade: B", "grade: C"], "Nothing can reach the band 'B'", 1),
        (
            ["grade: A, at_most: 20, when: told", "grade: B, at_most: 10, when: told", "grade: C"],
            "'B' lies inside a band before it",
            1,
        ),
        (
            ["grade: A, at_most: 10, when: told", "grade: B, at_most: 20, when: told"],
            "Some scores fall into no band",
            None,
        ),
    ],
)
def test_bands_that_do_not_fit_are_refused(change_files, get_line_number, lines, message, band):
    """Overlapping, gapped and unreachable bands are refused with file and line."""
    texts = change_files(YAML, BANDS, bands(*lines))
    with pytest.raises(BadBands) as caught:
        load_files(texts)
    assert message in caught.value.message
    first = get_line_number(texts[YAML], "    bands:")
    assert caught.value.where.startswith(f"{YAML}, line {first if band is None else first + 1 + band} ")


@pytest.mark.parametrize(
    "lines",
    [
        ["grade: A, at_most: 5", "grade: B, at_most: 10", "grade: C"],
        ["grade: C, at_least: 11", "grade: B, at_least: 6", "grade: A"],
        ["grade: A, at_most: 10, when: told", "grade: B, at_most: 10", "grade: C"],
        ["grade: A, at_most: 5", "grade: B, at_least: 6, at_most: 10", "grade: C, at_least: 11, at_most: 20"],
        ["grade: C"],
    ],
)
def test_bands_that_cover_every_score_are_taken(change_files, lines):
    """Bands may run up or down, may depend on conditions, and may be one, as long as each score finds one."""
    texts = change_files(YAML, BANDS, bands(*lines))
    del texts["feeds/visits.yaml"]
    assert load_files(texts)


def test_the_range_of_a_score_comes_from_its_fields(small_catalogue):
    """Two fields of 0 to 10 add up to 0 to 20; floor and cap bound running points; an open field leaves it open."""
    scheme, fields = small_catalogue.schemes["grade"], small_catalogue.records["visit"].fields
    assert compute_score_range(scheme, fields) == (0, 20)
    assert compute_score_range(scheme.model_copy(update={"score": "(clean + 1) - safe"}), fields) == (-9, 11)
    assert compute_score_range(small_catalogue.schemes["points"], {}) == (0, 10)
    assert compute_score_range(scheme.model_copy(update={"score": "-clean + safe * 2"}), fields) == (-10, 20)
    assert compute_score_range(scheme.model_copy(update={"base": 3}), fields) == (3, 23)
    low, high = compute_score_range(
        scheme.model_copy(update={"score": "amount"}), small_catalogue.records["decision"].fields
    )
    assert low < -(10**9) and high > 10**9
