"""What a replay finds in told histories: each rule in the smallest history that breaks it, and none in a sound one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodstanding.catalogue import load_library
from goodstanding.procedure.histories import ProcedureOrder, ProceedingHistory, PublishedStatement, PublishedStep
from goodstanding.procedure.history_replay import ReplayResult, SequenceFinding, replay_histories
from goodstanding.procedure.sequence_rules import HISTORY_RULES, RULES, STATEMENT_RULES, SUCCESSION_RULES

LIBRARY = load_library()
MEXICO = ProcedureOrder.of(LIBRARY["mx-tax-69b"], "proceeding")
FIRST, SECOND = date(2021, 5, 18), date(2022, 11, 30)
PRESUMED = PublishedStep("presumed", date(2020, 3, 2), date(2020, 3, 25))
FINAL = PublishedStep("final", date(2020, 6, 1), date(2020, 6, 20))
ANNULLED = PublishedStep("annulled", date(2021, 2, 1), date(2021, 2, 20))
SOUND = PublishedStatement(FIRST, "annulled", (PRESUMED, FINAL, ANNULLED))


def statement(published: str | None, *steps: PublishedStep, stated: date = FIRST) -> PublishedStatement:
    """One telling of a proceeding."""
    return PublishedStatement(stated, published, steps)


def replay_proceeding(*statements: PublishedStatement, order: ProcedureOrder = MEXICO) -> ReplayResult:
    """A replay of one proceeding, whose source stated its list on both days."""
    return replay_histories([ProceedingHistory("one", statements)], [FIRST, SECOND], order)


def list_broken_rules(*statements: PublishedStatement, order: ProcedureOrder = MEXICO) -> set[str]:
    """The rules that one proceeding breaks, but for that a file leaves it out, where it was told only once."""
    rules = {finding.rule for finding in replay_proceeding(*statements, order=order).findings}
    return rules - {"left-out"} if len(statements) == 1 else rules


def get_finding(rule: str, *statements: PublishedStatement) -> SequenceFinding:
    """The only finding of a rule."""
    (sequence_finding,) = (finding for finding in replay_proceeding(*statements).findings if finding.rule == rule)
    return sequence_finding


def test_a_sound_history_breaks_nothing() -> None:
    """Told, decided in time, published, annulled by a court, and told the same twice: there is nothing to find."""
    assert list_broken_rules(SOUND, replace(SOUND, stated=SECOND)) == set()


def test_every_rule_is_looked_for() -> None:
    """No rule is named that nothing looks for, and none is looked for without words that say it."""
    assert set(RULES) == {*STATEMENT_RULES, *SUCCESSION_RULES, *HISTORY_RULES}
    assert len(RULES) == len(STATEMENT_RULES) + len(SUCCESSION_RULES) + len(HISTORY_RULES)


@pytest.mark.parametrize(
    ("rule", "history"),
    [
        ("before-opening", statement("final", PRESUMED, replace(FINAL, day=date(2020, 3, 1)))),
        ("ruled-before-decision", statement("annulled", PRESUMED, ANNULLED)),
        ("decided-after-ruling", statement("final", PRESUMED, replace(FINAL, day=date(2021, 3, 1)), ANNULLED)),
        ("decided-after-withdrawal", statement("final", PRESUMED, FINAL, PublishedStep("rebutted", date(2020, 5, 20)))),
        (
            "withdrawn-after-decision",
            statement("rebutted", PRESUMED, FINAL, PublishedStep("rebutted", date(2020, 7, 20))),
        ),
        (
            "does-not-follow",
            statement("annulled", PRESUMED, FINAL, ANNULLED, PublishedStep("rebutted", date(2021, 3, 1))),
        ),
        ("done-again", statement("final", PRESUMED, replace(FINAL, again=(date(2020, 5, 29),)))),
        ("reply-cut-short", statement("final", PRESUMED, replace(FINAL, day=date(2020, 4, 15)))),
        ("decided-late", statement("final", PRESUMED, replace(FINAL, day=date(2020, 7, 31), shown=date(2020, 8, 9)))),
        ("never-decided", statement("presumed", PRESUMED)),
        ("published-early", statement("final", PRESUMED, replace(FINAL, shown=date(2020, 5, 31)))),
        ("not-published", statement("final", PRESUMED, replace(FINAL, shown=None))),
        ("no-day", statement("final", PRESUMED, replace(FINAL, day=None))),
        ("status-differs", statement("presumed", PRESUMED, FINAL)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_finds_the_history_that_breaks_it(rule: str, history: PublishedStatement) -> None:
    """Each rule about one telling is broken by a history that is out of order in that one way."""
    assert rule in list_broken_rules(history)


def test_a_finding_names_the_proceeding_the_rule_the_steps_and_their_days() -> None:
    """The reader needs no other file to look it up."""
    again = replace(FINAL, day=date(2021, 3, 1))
    assert get_finding("decided-after-ruling", statement("final", PRESUMED, again, ANNULLED)) == SequenceFinding(
        "decided-after-ruling", "one", (FIRST,), (("annulled", date(2021, 2, 1)), ("final", date(2021, 3, 1))), None
    )


def test_the_day_of_an_earlier_decision_counts_where_a_file_gives_both() -> None:
    """A final decision before the ruling and one after it: the ruling came after a decision, and before another."""
    twice = replace(FINAL, day=date(2021, 3, 1), shown=date(2021, 3, 9), again=(date(2020, 6, 1),))
    assert list_broken_rules(statement("final", PRESUMED, twice, ANNULLED)) == {"done-again", "decided-after-ruling"}


def test_the_time_to_reply_runs_from_publication_and_skips_holidays() -> None:
    """Fifteen working days from 25 March 2020 with Mexico's holidays end on 15 April; Labour Day is no working day."""
    served = statement("presumed", replace(PRESUMED, shown=date(2020, 4, 24)))
    assert MEXICO.times(statement("presumed", PRESUMED)) == (date(2020, 4, 16), date(2020, 6, 27))
    assert MEXICO.times(served) is not None
    assert MEXICO.times(served)[0] == date(2020, 5, 19)  # type: ignore[index]


def test_a_decision_on_the_first_day_after_the_reply_and_on_the_last_to_decide_is_in_time() -> None:
    """The bounds themselves break nothing; a day outside either does."""
    reply_over, decide_over = date(2020, 4, 16), date(2020, 6, 27)
    for day, rule in ((reply_over, None), (date(2020, 4, 15), "reply-cut-short"), (date(2020, 6, 26), None)):
        rules = list_broken_rules(statement("final", PRESUMED, replace(FINAL, day=day, shown=date(2020, 7, 1))))
        assert rules == ({rule} if rule else set())
    late = statement("final", PRESUMED, replace(FINAL, day=decide_over, shown=date(2020, 7, 1)))
    assert list_broken_rules(late) == {"decided-late"}


def test_a_published_status_is_looked_at_on_the_day_of_its_file() -> None:
    """A step dated after the file's day is not yet due."""
    ahead = replace(FINAL, day=date(2021, 6, 1), shown=date(2021, 6, 20))
    assert "status-differs" not in list_broken_rules(statement("presumed", PRESUMED, ahead))


def test_a_status_that_differs_carries_what_may_explain_it() -> None:
    """Without an explanation it says so."""
    history = statement("annulled", PRESUMED, FINAL)
    assert str(get_finding("status-differs", history).note) == "published annulled, follows final; unexplained"
    explained = replace(history, explained="No day is given.")
    assert str(get_finding("status-differs", explained).note) == "published annulled, follows final; No day is given."


def test_annulled_and_then_final_again_came_back() -> None:
    """Two files: one says the court annulled it, the next that it is final; the days of both are given."""
    later = statement("final", PRESUMED, replace(FINAL, day=date(2022, 1, 3)), ANNULLED, stated=SECOND)
    assert get_finding("came-back", SOUND, later).days == (("annulled", date(2021, 2, 1)), ("final", date(2022, 1, 3)))


def test_what_a_later_file_changes_is_found_in_what_it_says_and_in_what_it_does_not() -> None:
    """A day replaced with the earlier one beside it is one thing, a day that simply reads otherwise another."""
    moved = replace(FINAL, day=date(2020, 6, 2))
    old = statement("final", PRESUMED, FINAL)
    assert list_broken_rules(old, statement("final", PRESUMED, moved, stated=SECOND)) == {"day-changed"}
    beside = replace(moved, again=(date(2020, 6, 1),))
    assert list_broken_rules(old, statement("final", PRESUMED, beside, stated=SECOND)) == {"day-replaced", "done-again"}
    gone = replace(FINAL, shown=None)
    assert list_broken_rules(old, statement("final", PRESUMED, gone, stated=SECOND)) == {"day-removed", "not-published"}
    assert list_broken_rules(statement("final", PRESUMED, gone), replace(old, stated=SECOND)) == {
        "not-published",
        "day-told-late",
    }


def test_a_number_that_reads_otherwise_is_found_but_not_one_that_was_added() -> None:
    """A second decision's number joins the first; 23 November for 22 November is a change."""
    old = replace(SOUND, numbers=(("Number", "A-1 of 22 November"),))
    added = replace(old, stated=SECOND, numbers=(("Number", "B-2 of 5 May // A-1  of 22 November"),))
    other = replace(old, stated=SECOND, numbers=(("Number", "A-1 of 23 November"),))
    assert list_broken_rules(old, added) == set()
    assert list_broken_rules(old, other) == {"number-changed"}


def test_a_status_that_cannot_follow_went_backwards() -> None:
    """Annulled and then rebutted: by the case's own steps nothing is left to rebut."""
    later = statement("rebutted", PRESUMED, FINAL, ANNULLED, PublishedStep("rebutted", date(2021, 6, 1)), stated=SECOND)
    assert "status-backwards" in list_broken_rules(SOUND, later)
    assert "status-backwards" not in list_broken_rules(
        statement("final", PRESUMED, FINAL), replace(SOUND, stated=SECOND)
    )


def test_a_proceeding_that_is_not_in_every_file_is_found() -> None:
    """One that a later file leaves out, and one that an earlier file should have had; a new one is neither."""
    assert [finding.rule for finding in replay_proceeding(SOUND).findings] == ["left-out"]
    assert list_broken_rules(replace(SOUND, stated=SECOND)) == {"opening-told-late"}
    new = PublishedStep("presumed", date(2022, 10, 3), date(2022, 10, 20))
    assert list_broken_rules(statement("presumed", new, stated=SECOND)) == set()


def test_the_same_finding_in_two_files_is_one_with_both_days() -> None:
    """It is counted once for each file, and once in all."""
    history = statement("annulled", PRESUMED, ANNULLED)
    result = replay_proceeding(history, replace(history, stated=SECOND))
    (sequence_finding,) = result.findings
    assert sequence_finding.stated == (FIRST, SECOND)
    counts = next(count for count in result.broken if count.rule == "ruled-before-decision")
    assert (counts.by_day, counts.proceedings) == ({FIRST: 1, SECOND: 1}, 1)


def test_lengths_are_days_that_occurred() -> None:
    """Four proceedings that took 10, 20, 30 and 40 days: a quarter took 10 or less, half 20, three quarters 30."""
    begun = date(2020, 3, 2)
    took = [date(2020, 3, 12), date(2020, 3, 22), date(2020, 4, 1), date(2020, 4, 11)]
    statements = [
        statement("rebutted", PublishedStep("presumed", begun), PublishedStep("rebutted", day)) for day in took
    ]
    result = replay_histories(
        [ProceedingHistory(str(i), (telling,)) for i, telling in enumerate(statements)], [FIRST], MEXICO
    )
    length = next(
        step_length
        for step_length in result.lengths
        if (step_length.earlier, step_length.later) == ("presumed", "rebutted")
    )
    assert (length.count, length.shortest, length.quarter, length.median) == (4, 10, 10, 20)
    assert (length.three_quarters, length.longest) == (30, 40)


def test_lengths_go_from_stage_to_stage_and_to_publication() -> None:
    """After a ruling and a second decision the ruling counts from the first, and the second from the ruling."""
    twice = replace(FINAL, day=date(2021, 3, 1), shown=date(2021, 3, 9), again=(date(2020, 6, 1),))
    lengths = replay_proceeding(statement("final", PRESUMED, twice, ANNULLED)).lengths
    assert {(length.earlier, length.later): length.shortest for length in lengths} == {
        ("presumed", "final"): 91,
        ("presumed", "presumed published"): 23,
        ("final", "annulled"): 245,
        ("final", "final published"): 8,
        ("annulled", "final"): 28,
        ("annulled", "annulled published"): 19,
        ("time to reply over", "decided"): 46,
    }


def test_the_rules_are_of_no_country() -> None:
    """The same replay reads another catalogue's case by its own steps, roles and times."""
    order = ProcedureOrder.of(LIBRARY["procurement-exclusion"], "misconduct")
    noticed, excluded = PublishedStep("noticed", date(2020, 3, 2)), PublishedStep("excluded", date(2020, 3, 20))
    assert list_broken_rules(statement(None, noticed, excluded), order=order) == {"reply-cut-short", "does-not-follow"}
    assert list_broken_rules(statement(None, noticed, replace(excluded, day=date(2020, 4, 6))), order=order) == set()
