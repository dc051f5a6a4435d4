"""What is refused when a catalogue loads: dead rules, contradictions, parts that point at nothing."""

from __future__ import annotations

import pytest
from tests.rules import get_refusal, locate_line, make_catalogue

from goodstanding.catalogue import load_library
from goodstanding.errors import BadCondition, CatalogueError, Contradiction, UnknownKey

RULES = """
records:
  act:
    title: Act
    ON
    by: [office]
    concerns: [organisation]
    consent: agreed
    fields:
      class: {type: code, title: Class, one_of: [minor, grave]}
      amount: {type: integer, title: Amount, at_least: 0}
      agreed: {type: boolean, title: Agreed}
      ends_on: {type: date, title: Ends, future: true}
      decided_by: {type: text, title: Decided by}
  note: {title: Note, ON, by: [office], about: act, fields: {what: {type: code, title: What, one_of: [paid, void]}}}
schemes:
  newest:
    title: Newest
    ON
    kind: latest
    record: act
    procedure: fair
    score: amount
    ungraded: [{when: class IS NULL, reason: No class., ON}]
    direct: [{grade: D, when: class = 'grave' AND amount > 5, ON}, {grade: E, when: class = 'grave' AND amount < 3, ON}]
    starts: [{when: agreed, points: 5, ON}, {when: NOT agreed, points: 2, ON}]
    bands: [{grade: A, at_least: 50}, {grade: B}]
  running:
    title: Running
    ON
    kind: points
    record: act
    starts_with: note
    base: 10
    floor: 0
    cap: 20
    items:
      minor: {title: Minor, ON, when: class = 'minor', points: -1, counts_for: P2Y, fades: [{after: P1Y, points: 0}]}
      grave: {title: Grave, ON, when: class = 'grave', points: -1 * amount}
    bands: [{grade: good, at_least: 5}, {grade: bad}]
  card:
    title: Card
    ON
    kind: scorecard
    record: act
    characteristics:
      amount:
        title: Amount
        ON
        reason: Much.
        attributes: [{when: amount < 5, points: 10}, {when: amount < 9, points: 4}]
    bands: [{grade: high, at_least: 9}, {grade: low}]
procedures:
  fair:
    title: Fair
    ON
    notice: {held_by: source, proof: ends_on, ON}
    decision: {held_by: source, proof: act.ends_on, named: act.decided_by, ON}
repair_classes:
  minor: {title: Minor, ON, least: P1M, most: P3M}
cases:
  case:
    title: Case
    ON
    record: act
    procedure: fair
    spares: {inability-to-pay: {when: agreed AND amount < 9, ON}}
    steps:
      found: {title: Found, ON}
      paid: {title: Paid, ON, record: note, after: [found], when: what = 'paid'}
      void: {title: Void, ON, record: note, after: [found, paid], when: what = 'void'}
lists:
  one: {title: One, ON, case: case, while: [found], stays: {until: ends_on, at_most: P3Y}}
  other: {title: Other, ON, case: case, while: [found, paid]}
  both: {title: Both, ON, from: [one, other], at_least: 2}
measures:
  barred: {title: Barred, ON, kind: restriction, field: tenders, list: both, purpose: tenders, audience: [buyer]}
  invited:
    {title: Invited, ON, kind: benefit, field: tenders, scheme: newest, grades: [A, D], purpose: jobs, audience: [b]}
"""


def change_rules(old: str, new: str) -> str:
    """The rules with one text replaced."""
    assert RULES.count(old) == 1, old
    return RULES.replace(old, new)


def get_change_refusal(old: str, new: str, needle: str | None = None) -> CatalogueError:
    """The error with which the changed rules are refused, at the line in which the needle first stands."""
    rules = change_rules(old, new)
    error = get_refusal(rules)
    assert str(error.where).startswith(locate_line(rules, needle or new))
    assert error.remedy
    return error


def test_rules_with_every_part_are_taken():
    """The rules that the other tests spoil load as they are."""
    assert make_catalogue(RULES).behind("both") == ("case",)


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("record: act\n    procedure: fair\n    score", "record: act\n    procedure: fare\n    score", "fair"),
        ("procedure: fair\n    spares", "procedure: fare\n    spares", "fair"),
        ("scheme: newest", "scheme: newer", "newest"),
        ("grades: [A, D]", "grades: [A, C]", "A, B, D, E"),
        ("list: both", "list: bothe", "both"),
        ("from: [one, other]", "from: [one, others]", "other"),
        ("proof: ends_on", "proof: ends", "ends_on"),
        ("proof: act.ends_on", "proof: act.ended_on", "ends_on"),
        ("named: act.decided_by", "named: acts.decided_by", "act"),
        ("consent: agreed", "consent: amount", "agreed, ends_on"),
        ("until: ends_on", "until: amount", "ends_on, occurred"),
        ("starts_with: note", "starts_with: notes", "note"),
    ],
)
def test_a_part_that_points_at_nothing_is_refused(old, new, remedy):
    """Every name of a procedure, scheme, grade, list, proof, field of consent or end must be the name of something."""
    error = get_change_refusal(old, new, new.split("\n")[-2].strip() if "\n" in new else new)
    assert isinstance(error, UnknownKey)
    assert error.remedy == remedy


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("when: class IS NULL", "when: class = 'minor' AND class = 'grave'"),
        ("when: agreed, points", "when: amount < 0, points"),
        ("when: what = 'paid'", "when: what = 'paid' AND what IS NULL"),
        ("when: agreed AND amount < 9", "when: agreed AND NOT agreed"),
        ("when: amount < 5", "when: amount > 4 AND amount < 5"),
        ("when: class = 'minor', points", "when: class = 'minor' AND amount = NULL, points"),
    ],
)
def test_a_rule_that_can_never_fire_is_refused(old, new):
    """A condition that contradicts itself, or that no value of its fields can fulfil, is refused wherever it stands."""
    error = get_change_refusal(old, new)
    assert isinstance(error, BadCondition)
    assert "can never hold" in error.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("when: amount < 9, points", "when: amount < 3, points"),
        ("when: NOT agreed", "when: agreed AND amount > 3"),
        ("reason: No class., ON}", "reason: No class., ON}, {when: class IS NULL AND agreed, reason: Agreed., ON}"),
    ],
)
def test_a_rule_after_others_that_take_all_it_would_take_is_refused(old, new):
    """Where the first rule that holds counts, one of which nothing is left can never fire."""
    error = get_change_refusal(old, new, old[:9] if "reason" in old else new)
    assert "rules before this one" in error.message


@pytest.mark.parametrize(
    ("old", "new", "places", "explanation"),
    [
        (
            "amount < 3, ON}]",
            "amount < 9, ON}]",
            ("direct.0", "direct.1"),
            "'D' and 'E', where class = grave, amount = 6",
        ),
        ("when: what = 'void'", "when: what IS NOT NULL", ("steps.paid", "steps.void"), "what = paid"),
        (", when: what = 'paid'", "", ("steps.paid", "steps.void"), "what = void"),
        ("scheme: newest, grades: [A, D]", "list: both", ("measures.barred", "measures.invited"), "'tenders'"),
        (
            "when: class = 'grave', points",
            "when: class='minor', points",
            ("items.minor", "items.grave"),
            "same findings",
        ),
    ],
)
def test_two_rules_that_contradict_each_other_are_refused(old, new, places, explanation):
    """Direct grades that differ, ways out of a step, a bar and a reward, a condition twice: both places are shown."""
    error = get_refusal(change_rules(old, new))
    assert isinstance(error, Contradiction)
    assert explanation in error.message
    first, second = str(error.where).split(" and ")
    assert first.startswith("catalogue.yaml, line ") and first.endswith(f"{places[0]})")
    assert second.startswith("catalogue.yaml, line ") and second.endswith(f"{places[1]})")
    assert first != second


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amount < 3, ON}]", "amount * 2 = 7, ON}]"),
        ("grade: E, when: class = 'grave' AND amount < 3", "grade: D, when: class = 'grave'"),
        ("scheme: newest, grades: [A, D]", "list: one"),
        ("field: tenders, scheme: newest, grades: [A, D]", "field: visits, list: both"),
        ("record: note, after: [found, paid], when: what = 'void'", "record: note, after: [paid]"),
        (
            "void: {title: Void, ON, record: note, after: [found, paid], when: what = 'void'}",
            "void: {title: Void, ON, on: ends_on, after: [found]}",
        ),
    ],
)
def test_rules_that_only_look_alike_are_taken(old, new):
    """What stays open, gives the same, is about something else, comes later or has another day is no contradiction."""
    assert make_catalogue(change_rules(old, new))


@pytest.mark.parametrize(
    ("old", "new", "needle", "message"),
    [
        ("    cap: 20\n", "", "  running:", "Points without a cap."),
        ("    base: 10\n", "", "  running:", "A scheme of kind points needs 'base'."),
        ("    floor: 0\n", "    floor: 11\n", "    base: 10", "The base is not between floor and cap."),
        ("    score: amount\n", "", "  newest:", "A scheme of kind latest needs 'score'."),
        (
            "    score: amount\n",
            "    score: amount\n    cap: 9\n",
            "    cap: 9",
            "A scheme of kind latest takes no 'cap'.",
        ),
        ("    cap: 20\n", "    cap: 20\n    lapses: P1Y\n", "    lapses", "A scheme of kind points takes no 'lapses'."),
        (
            "attributes: [{when: amount < 5, points: 10}, {when: amount < 9, points: 4}]",
            "attributes: []",
            None,
            "A characteristic without attributes gives nothing.",
        ),
        (
            "    score: amount\n",
            "    score: amount\n    over: P1Y\n",
            "    direct",
            "A scheme with the mean of several findings takes no 'direct'.",
        ),
        (
            "at_least: 5}, {grade: bad}",
            "at_least: 5, when: agreed}, {grade: bad}",
            None,
            "A band of several findings cannot depend on the fields of one.",
        ),
        (
            "after: P1Y, points: 0",
            "after: P3Y, points: 0",
            None,
            "The item no longer counts by then, so this stage can never be reached.",
        ),
        (
            "points: 0}",
            "points: 0}, {after: P11M, points: 1}",
            "      minor: {title",
            "Stages must follow one another.",
        ),
        ("points: -1 * amount", "points: class", None, "'class' gives a code, not a whole number."),
        ("points: -1 * amount", "points: 2, at_most: 0", None, "An item that counts for nothing at most never counts."),
    ],
)
def test_a_scheme_has_what_its_kind_needs_and_nothing_that_it_does_not_read(old, new, needle, message):
    """What is missing, or would mean nothing, is refused with its place."""
    assert get_change_refusal(old, new, needle).message == message


@pytest.mark.parametrize(
    ("old", "new", "needle", "message"),
    [
        (
            "case: case, while: [found], ",
            "while: [found], ",
            "  one:",
            "A list follows from a case or from other lists, and from one of them.",
        ),
        (
            "from: [one, other]",
            "case: case, while: [found], from: [one, other]",
            None,
            "A list follows from a case or from other lists, and from one of them.",
        ),
        ("while: [found], stays", "while: [], stays", "  one:", "While no step of its case holds nobody is listed."),
        ("at_least: 2}", "at_least: 3}", None, "Nobody can stand on 3 of 2 lists."),
        (
            "at_least: 2}",
            "at_least: 2, stays: P1Y}",
            None,
            "A list made from others takes no 'stays': it holds while they do.",
        ),
        (
            "while: [found, paid]}",
            "while: [found, paid], at_least: 2}",
            None,
            "Only a list made from others counts them.",
        ),
        (
            "while: [found, paid]}",
            "while: [found, paid], stays: {until: occurred, at_most: P1Y}}",
            None,
            "The case 'case' has lengths of time by 'ends_on' and by 'occurred'.",
        ),
        (
            "list: both",
            "list: both, scheme: newest",
            None,
            "A measure follows from a list or from grades of a scheme, and from one of them.",
        ),
        (
            "list: both, ",
            "",
            "  barred:",
            "A measure follows from a list or from grades of a scheme, and from one of them.",
        ),
        ("list: both", "list: both, grades: [A]", None, "A measure that follows from a list takes no grades."),
        (", grades: [A, D]", "", "  invited:", "The measure follows from no grade."),
        (
            "concerns: [organisation]",
            "concerns: [organisation, person]",
            "    {title: Invited",
            "A benefit rests on the record type 'act', which may be about a person.",
        ),
        (
            "      found: {title: Found, ON}",
            "      found: {title: Found, ON, after: [paid]}",
            "    steps:",
            "No step opens this case.",
        ),
        ("least: P1M, most: P3M", "least: P4M, most: P3M", None, "The longest time is shorter than the shortest."),
        (", most: P3M", "", "  minor: {title: Minor, ON, least", "The key 'most' is missing."),
        ("decided_by: {type: text", "source: {type: text", None, "Every record carries 'source' already."),
        (
            "  other: {title: Other",
            "  newest: {title: Other",
            "  newest: {title: Other",
            "Several rules are named 'newest'",
        ),
    ],
)
def test_cases_lists_and_measures_can_begin(old, new, needle, message):
    """A list with two grounds or none, a benefit for a person, a class without an end: refused with its place."""
    assert get_change_refusal(old, new, needle).message.startswith(message)


def test_lists_made_from_each_other_are_refused():
    """A circle of lists is refused, with its way round."""
    rules = change_rules(
        "from: [one, other], at_least: 2}", "from: [one, third]}\n  third: {title: Third, ON, from: [other, both]}"
    )
    error = get_refusal(rules)
    assert error.message == "Lists are made from each other in a circle: both -> third -> both."
    assert str(error.where).startswith(locate_line(rules, "from: [one, third]"))
    assert error.remedy == "lists that in the end follow from cases"


def test_the_laboratory_may_do_what_a_live_register_may_not():
    """Points without bounds and benefits for persons are for the laboratory."""
    rules = change_rules("    base: 10\n    floor: 0\n    cap: 20\n", "")
    assert make_catalogue(rules.replace("concerns: [organisation]", "concerns: [person]"), "lab")


def test_what_a_condition_about_the_published_outcome_reads_is_checked():
    """An explanation that compares with a grade that the scheme never gives can never fire."""
    explained = "    published: newest\n    explained: [{when: published = 'GRADE', says: Why.}]\n    consent"
    assert make_catalogue(change_rules("    consent", explained.replace("GRADE", "E")))
    assert get_refusal(change_rules("    consent", explained.replace("GRADE", "F"))).remedy == "one of A, B, D, E"


def test_every_catalogue_that_comes_with_goodstanding_is_taken():
    """No check refuses what real catalogues say."""
    assert load_library()
