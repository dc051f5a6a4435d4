"""Articles 2 to 5: who enters, by which court, under which number, with which words, and whose consent counts."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.unit.charter.edited_catalogues import FEED, Change, list_reasons, load_edited

from goodstanding.catalogue import Catalogue
from goodstanding.charter import assess
from goodstanding.standing import compute_effects
from goodstanding.standing.evaluation import INTERVALS

ORDER = "    title: Order of the court\n    basis: act art. 1\n    by: [court]"
BY_TRADE_COURT = (ORDER, ORDER.replace("[court]", "[trade-court]"))
RECORDS = "\nrecords:\n"
FOUNDED = "courts:\n  trade-court: {title: Trade court, basis: act art. 1}\n"
SOURCES = (
    "id,name,kind,region,above\ntrade,Trade Court,trade-court,,{}\nup,Above,{},,\noffice,Office,office,,\nc,C,court,,\n"
)
SCORE = "score: {type: integer, title: Score, kind: score, at_least: 0, at_most: 10}"
OF_PREMISES = ("subjects: [organisation, person]", "subjects: [organisation, establishment, person]")
VISIT = "    conduct: [food-safety]\n    concerns: [organisation]"
VISIT_OF_PREMISES = (VISIT, VISIT.replace("organisation", "establishment"))
PREMISES = FEED.replace("kind: organisation", "kind: establishment")
SHOP_NUMBER = 'shop: {title: Shop, basis: act art. 1, pattern: "S[0-9]{4}", example: S1234'
INCOME = "income: {type: integer, title: Income, kind: amount, at_least: 0, at_most: 100}"
LOAN = "  loan:\n    title: A score for a loan"
REQUEST = "    by: [court]\n    states: disclosure\n    concerns: [person]"
VISITS_OF_HONOUR = FEED.replace("record: visit", "record: honour")


def add_field(text: str) -> Change:
    """A field more of the record of a visit."""
    return SCORE, f"{SCORE}\n      {text}"


def declare(identifiers: str) -> Change:
    """A scheme of identifiers of the register's own."""
    return RECORDS, f"\nidentifiers:\n  {identifiers}\nrecords:\n"


def fill_consent(mapping: str) -> str:
    """A feed of honours that fills the field of consent."""
    return VISITS_OF_HONOUR.replace("fields: {score: score}", f"fields: {{agreed: {mapping}}}")


def build_second_score() -> Change:
    """Another score of persons, from the same request."""
    copied = (
        "  other:\n    title: Another\n    basis: act art. 1\n    kind: latest\n    record: loan-request\n"
        "    score: income\n    bands: [{grade: high, at_least: 50}, {grade: low}]\n    kept: false\n"
        "    asked_by: subject\n    audience: parties\n"
    )
    return LOAN, copied + LOAN


# the article, changes, the feed, the sources, and part of the reason
REFUSED: dict[str, tuple[int, tuple[Change, ...], str, str, str]] = {
    "a public code of any words": (2, (add_field("topic: {type: code, title: T, kind: finding}"),), "", "", "any text"),
    "public codes of any words": (2, (add_field("topic: {type: codes, title: T, kind: finding}"),), "", "", "any text"),
    "a public text": (2, (add_field("topic: {type: text, title: T, kind: remark}"),), "", "", "Free text"),
    "a court that nobody founded": (3, (BY_TRADE_COURT,), "", SOURCES.format("", "court"), "Only a court"),
    "a court under an office": (
        3, (BY_TRADE_COURT, (RECORDS, f"\n{FOUNDED}records:\n")), "", SOURCES.format("up", "office"), "stands above"
    ),
    "a court that inspects": (
        3, (BY_TRADE_COURT, (RECORDS, f"\n{FOUNDED}records:\n"),
            ("    by: [office]\n    conduct: [food-safety]", "    by: [trade-court]\n    conduct: [food-safety]")),
        "", SOURCES.format("", "court"), "which no court does",
    ),
    "a court by a law that nobody read": (
        3, (BY_TRADE_COURT, (RECORDS, f"\n{FOUNDED}records:\n".replace("art. 1}", "art. 1, verified: false}"))),
        "", SOURCES.format("", "court"), "was not compared",
    ),
    "a court by a law that was read in a newspaper": (
        3, (BY_TRADE_COURT, (RECORDS, f"\n{FOUNDED}records:\n".replace(
            "art. 1}", "art. 1, verified: secondary, read_in: A newspaper}"))),
        "", SOURCES.format("", "court"), "was not compared",
    ),
    "a person's status without a judgment": (
        3, (("    states: decision\n    conduct: [unperformed-money-judgment]", "    states: status"),), "", "",
        "money or delivery",
    ),
    "a person's report about conduct": (
        3, (("states: disclosure", "states: disclosure\n    conduct: [honour]"),), "", "", "money or delivery"
    ),
    "where a person is": (
        3, (("able: {type: boolean, title: Able to pay, kind: ability}",
             "able: {type: boolean, title: Able to pay, kind: ability}\n"
             "      home: {type: code, title: Home, kind: premises, one_of: [a, b]}"),),
        "", "", "holds this of a person",
    ),
    "persons in a copy of the list": (3, (("    copies: nobody\n", ""),), "", "", "as a whole"),
    "numbers of persons behind a sign": (
        3, (declare('it: {title: A, basis: act art. 1, pattern: "7[0-9]{18}", example: "7000000000000000000"}'),),
        "", "", "natural persons",
    ),
    "numbers of persons behind a start of the feed": (
        3, (declare('it: {title: A, basis: act art. 1, pattern: "[0-9]{19}", example: "7000000000000000000"}'),),
        FEED.replace("scheme: lei, value: lei", 'scheme: it, value: {column: lei, prefix: "7"}'), "", "natural persons",
    ),
    "names as numbers": (
        3, (declare('it: {title: A, basis: act art. 1, pattern: "[A-Z]{2,30}", example: CHAN}'),), "", "", "be names"
    ),
    "a feed of other subjects": (3, (OF_PREMISES,), PREMISES, "", "another kind"),
    "premises with a field of the name": (
        3, (OF_PREMISES, VISIT_OF_PREMISES, add_field("owner: {type: text, title: O, kind: remark, public: false}")),
        PREMISES.replace("fields: {score: score}", "fields: {score: score, owner: name}"), "", "repeats a name",
    ),
    "a score from a decision of the court": (
        4, (("states: disclosure", "states: decision\n    conduct: [unperformed-money-judgment]"),), "", "", "A score"
    ),
    "a score from another score": (
        4, (("states: disclosure", "states: score\n    conduct: [honour]"),), "", "", "A score"
    ),
    "a score from what follows a judgment": (
        4, (("states: disclosure", "states: step\n    about: order"),), "", "", "A score"
    ),
    "a score from a count of court cases": (
        4, ((INCOME, INCOME.replace("kind: amount", "kind: finding")),), "", "", "A score"
    ),
    "several scores together": (4, (build_second_score(),), "", "", "second score"),
    "consent as a constant": (5, (), fill_consent("{text: 'true'}"), "", "may not have"),
    "consent where nothing is said": (5, (), fill_consent("{column: c, otherwise: 'true'}"), "", "may not have"),
    "consent for any cell": (5, (), fill_consent("{column: c, map: {'*': true}}"), "", "may not have"),
    "consent for an empty cell": (5, (), fill_consent("{column: c, map: {ja: true, '': true}}"), "", "may not have"),
    "consent for a no": (5, (), fill_consent("{column: c, map: {'yes': true, 'no': true}}"), "", "may not have"),
}  # fmt: skip


@pytest.mark.parametrize("means", REFUSED)
def test_whoever_may_not_enter_is_refused(means: str) -> None:
    """By whatever means: a court that is none, a number in disguise, open words, a joined owner, a yes for a no."""
    article, changes, feed, sources, reason = REFUSED[means]
    reasons = list_reasons(load_edited(*changes, feed=feed, sources=sources), article)
    assert any(reason in text for text in reasons), reasons


ALLOWED: dict[str, tuple[tuple[Change, ...], str, str]] = {
    "a code of listed words": ((add_field("topic: {type: code, title: T, kind: finding, one_of: [a, b]}"),), "", ""),
    "a text for the parties": ((add_field("note: {type: text, title: N, kind: remark, public: false}"),), "", ""),
    "an open code for the parties": (
        (add_field("number: {type: code, title: N, kind: reference, public: false}"),), "", ""
    ),
    "a commercial court": (((ORDER, ORDER.replace("[court]", "[court, commercial-court]")),), "", ""),
    "a court that a law founds": (
        (BY_TRADE_COURT, (RECORDS, f"\n{FOUNDED}records:\n")), "", SOURCES.format("up", "court")
    ),
    "delivery that a court awarded": (
        (("conduct: [unperformed-money-judgment]", "conduct: [unperformed-delivery-judgment]"),), "", ""
    ),
    "a number of the register's own": (
        (declare('it: {title: A, basis: act art. 1, pattern: "[A-Z]{2}[0-9]{6}", example: AB123456}'),),
        FEED.replace("scheme: lei, value: lei", "scheme: it, value: lei"), "",
    ),
    "a short code of letters": (
        (declare('it: {title: A, basis: act art. 1, pattern: "[A-Z]{3,5}", example: ABC}'),), "", ""
    ),
    "premises by their own number": ((OF_PREMISES, VISIT_OF_PREMISES, declare(SHOP_NUMBER + "}")),
        PREMISES.replace("scheme: lei", "scheme: shop"), ""),
    "premises with a number that several share": (
        (OF_PREMISES, VISIT_OF_PREMISES, declare(SHOP_NUMBER + ", unique: false}")),
        PREMISES.replace("lei, value: lei}", "lei, value: lei}, {scheme: shop, value: group}"), "",
    ),
    "consent as a day": (
        (("agreed: {type: boolean, title: Agreed, kind: status}", "agreed: {type: date, title: Agreed, kind: day}"),),
        fill_consent("c"), "",
    ),
    "consent as a column": ((), fill_consent("{column: c, map: {ja: true, nein: false}}"), ""),
    "safety of products": ((("conduct: [food-safety]", "conduct: [product-safety]"),), "", ""),
    "safety at work": ((("conduct: [food-safety]", "conduct: [labour-safety]"),), "", ""),
    "data protection": ((("conduct: [food-safety]", "conduct: [data-protection]"),), "", ""),
    "competition": ((("conduct: [food-safety]", "conduct: [competition]"),), "", ""),
}  # fmt: skip


@pytest.mark.parametrize("means", ALLOWED)
def test_whoever_may_enter_does(means: str) -> None:
    """The same doors, used as the law means them."""
    changes, feed, sources = ALLOWED[means]
    catalogue = load_edited(*changes, feed=feed, sources=sources)
    assert assess(catalogue).holds, [str(breach.reason) for breach in assess(catalogue).breaches]


def test_a_word_of_no_list_is_refused_with_the_nearest() -> None:
    """Whoever writes `labor-safety` is told `labour-safety`, and how a new conduct comes in."""
    [reason] = [
        breach.reason
        for breach in assess(load_edited(("conduct: [food-safety]", "conduct: [labor-safety]"))).breaches
        if breach.article == 2
    ]
    assert "labour-safety" in reason.render_remedy()
    assert "version of the charter" in reason.render_remedy()


GRADED_HONOUR = """\
  honours:
    title: Honours
    basis: act art. 1
    kind: latest
    record: honour
    bands: [{grade: honoured, when: occurred IS NOT NULL}]
    lapses: P2Y
    procedure: hearing
"""


def _grade_honour(catalogue: Catalogue, fields: str) -> list[str]:
    record = {
        "position": 1, "subject_id": 1, "record": "honour", "source": "o", "reference": "a", "about": "",
        "occurred": "2024-02-01", "fields": fields, "published": "",
    }  # fmt: skip
    effects = compute_effects(pa.Table.from_pylist([record]), INTERVALS.empty_table(), catalogue)
    return [row["value"] for row in effects.to_pylist()]


@pytest.mark.parametrize(
    ("kind", "fields", "counts"),
    [
        ("boolean", '{"agreed": true}', True),
        ("boolean", '{"agreed": false}', False),
        ("boolean", "{}", False),
        ("date", '{"agreed": "2024-02-01"}', True),
        ("date", '{"agreed": "2024-02-02"}', False),
        ("date", "{}", False),
    ],
)
def test_a_deed_counts_only_with_a_consent_that_says_yes(kind: str, fields: str, counts: bool) -> None:
    """Not with a no, not where nothing is said, and not before the day of the consent."""
    agreed = "agreed: {type: boolean, title: Agreed, kind: status}"
    catalogue = load_edited((agreed, agreed.replace("boolean", kind)), ("schemes:\n", f"schemes:\n{GRADED_HONOUR}"))
    assert _grade_honour(catalogue, fields) == (["honoured"] if counts else [])


@pytest.mark.usefixtures("register_folder")
def test_the_page_says_which_sources_are_courts_by_which_law() -> None:
    """So that whoever reviews a draft sees the claim, with the article that founds the court."""
    from goodstanding.web.catalogues.description.record_types import describe_record_types

    section = describe_record_types(load_edited((RECORDS, f"\n{FOUNDED}records:\n")))
    [line] = [line for group in section.groups for line in group.lines if line.title == "Trade court"]
    assert any("about persons" in sentence for sentence in line.points)
