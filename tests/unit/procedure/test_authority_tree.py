"""The tree of authorities: who stands above whom, also after offices were merged or renumbered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.errors import BadInput
from goodstanding.procedure.authority_tree import AuthorityTree

TREE = AuthorityTree(
    {"district": "city", "city": "province", "province": "ministry", "court": "high-court"},
    {"old-district": "district", "older-district": "old-district"},
)


@pytest.mark.parametrize(
    ("office", "other", "apart"),
    [
        ("district", "city", False), ("city", "district", False), ("district", "ministry", False),
        ("district", "court", True), ("court", "ministry", True), ("district", "district", False),
        ("older-district", "district", False), ("older-district", "ministry", False), ("old-district", "court", True),
        ("unknown", "district", True),
    ],
)  # fmt: skip
def test_an_office_hears_no_appeal_from_above_or_below(office: str, other: str, apart: bool) -> None:
    """Nor from itself under a name or number that it had before."""
    assert TREE.apart(office, other) is apart


def test_an_office_answers_for_those_that_became_it() -> None:
    """Under every name it ever had."""
    assert TREE.formerly("district") == {"district", "old-district", "older-district"}


def test_offices_in_a_circle_are_refused() -> None:
    """Nobody could say who stands above whom."""
    with pytest.raises(BadInput, match="circle"):
        AuthorityTree({"a": "b", "b": "a"}).line("a")


names = st.sampled_from("abcdefg")
trees = st.dictionaries(names, names, max_size=6).map(
    lambda above: AuthorityTree({office: over for office, over in above.items() if office < over})
)


@given(trees, names, names)
def test_standing_apart_is_the_same_seen_from_either_side(tree: AuthorityTree, office: str, other: str) -> None:
    """And nobody stands apart from who directs it."""
    assert tree.apart(office, other) is tree.apart(other, office)
    assert not any(tree.apart(office, over) for over in tree.line(office))
