"""Which grams are looked up, and how what they bring is put in order."""

from __future__ import annotations

from goodstanding.subjects import SearchPlan, build_search_text, list_grams, plan_search, rank_names
from goodstanding.subjects.ranking import CANDIDATE_GRAMS, CANDIDATE_POSTINGS, LEAST_SCORE, QUERY_LETTERS

NAMES = ("The Crown", "The Crown Inn", "The Old Crown Inn", "Crown Fish Bar", "Crowne Plaza", "Kebab House")


def rank_words(words: str, names: tuple[str, ...] = NAMES, limit: int = 10) -> list[str]:
    """The names in their order."""
    return [name for name, _ in rank_names(words, [(name, name) for name in names], limit)]


def test_the_rarest_grams_are_looked_up() -> None:
    """Of the grams that somebody has, the rarest few are looked up, rarest first, and weigh a little more."""
    frequencies = {gram: count for count, gram in enumerate(list_grams(build_search_text(["afton hotel"])), start=1)}
    plan = plan_search("Afton Hotel", lambda grams: {gram: frequencies.get(gram, 0) for gram in grams})
    assert plan.grams == tuple(frequencies)[:CANDIDATE_GRAMS]
    assert list(plan.weights) == sorted(plan.weights, reverse=True)
    assert plan.weights[0] < 2 * plan.weights[-1]
    assert plan.letters == len(" afton hotel ")


def test_common_grams_are_not_added_beyond_the_bound() -> None:
    """Two grams are always looked up; a third only while all of them together stay few enough."""
    plan = plan_search("the", lambda grams: dict.fromkeys(grams, CANDIDATE_POSTINGS))
    assert len(plan.grams) == 2


def test_nothing_is_looked_up_for_words_that_nobody_has() -> None:
    """Unknown grams, and words without a letter, make an empty plan."""
    assert plan_search("zzz", lambda grams: {}) == SearchPlan((), (), len(" zzz "))
    assert plan_search("🍕 !", lambda grams: dict.fromkeys(grams, 1)).grams == ()


def test_overlong_words_are_cut() -> None:
    """A text of any length asks for a bounded number of grams."""
    grams_asked: list[str] = []
    plan_search("".join(map(chr, range(0x4E00, 0x8E00))), lambda grams: grams_asked.extend(grams) or {})  # type: ignore[func-returns-value]
    assert 0 < len(grams_asked) <= 4 * QUERY_LETTERS


def test_the_same_name_comes_first_then_names_with_all_the_words() -> None:
    """Exact spelling before whole words, nearer length first, before names that are only alike."""
    assert rank_words("the crown") == [
        "The Crown",
        "The Crown Inn",
        "The Old Crown Inn",
        "Crowne Plaza",
        "Crown Fish Bar",
    ]
    assert rank_names("THE CROWN", [(1, "The Crown")], 1) == [(1, 100.0)]


def test_a_misspelt_name_is_found() -> None:
    """One wrong letter leaves the name that was meant in front."""
    assert rank_words("the crwn inn")[0] == "The Crown Inn"
    assert rank_words("kebba house")[0] == "Kebab House"


def test_words_in_another_order_or_in_part_are_found() -> None:
    """Word order and left-out words do not hide a name."""
    assert rank_words("house kebab")[0] == "Kebab House"
    assert rank_words("crown fish")[0] == "Crown Fish Bar"


def test_a_part_of_a_chinese_name_counts_as_whole_words() -> None:
    """A name that holds the characters asked for stands before one that does not."""
    assert rank_words("金龙", ("示例银龙餐饮有限公司", "示例金龙餐饮有限公司")) == ["示例金龙餐饮有限公司"]


def test_a_subject_counts_by_its_best_name() -> None:
    """A key with several names comes once, with the score of the nearest."""
    assert rank_names("swan", [(1, "The Crown"), (1, "Swan"), (2, "The Swan")], 10)[0] == (1, 100.0)
    assert len(rank_names("swan", [(1, "Swan"), (1, "The Swan")], 10)) == 1


def test_names_far_off_are_not_shown() -> None:
    """A name unlike the words is left out rather than shown last; scores stay between the bound and 100."""
    assert "Kebab House" not in rank_words("the crown")
    assert all(
        LEAST_SCORE <= score <= 100 for _, score in rank_names("the crown", [(name, name) for name in NAMES], 10)
    )


def test_no_words_find_nothing() -> None:
    """Words without a letter or digit, and no candidates, give an empty answer."""
    assert rank_words("") == rank_words("🍕") == rank_words("crown", ()) == []


def test_the_limit_holds() -> None:
    """No more names than asked for are given."""
    assert rank_words("crown", limit=2) == rank_words("crown")[:2]
