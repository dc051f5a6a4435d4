"""Each article of the charter: a catalogue that breaches it and it alone, with its reason and its place."""

from __future__ import annotations

import pytest
from tests.law.sound import load_sound_catalogue

from goodstanding import charter
from goodstanding.charter import ARTICLES, assess
from goodstanding.charter.vocabulary import get_vocabulary
from goodstanding.errors import CharterBreached

LAB = ("mode: live", "mode: lab")
LENDING, TOLD = "extending-credit", "public-information"
FRAUD = "    conduct: [procurement-fraud]"
LATE = "{title: Told or stopped, basis: act art. 3, after: [annulled], role: "
LATE_NOTICE = "      paid: {title", f"      told: {LATE}notice}}\n      paid: {{title"
URGENT = "      repaired: {title", f"      urgent: {LATE}interim}}\n      repaired: {{title"
NO_INTERIM = "    interim: {held_by: source, danger: life, days: 15, heard_within: 5, basis: act art. 3}\n", ""
ANSWERS = "answers: {body: Court administration, reports: P1Y, comment_days: 30, basis: act art. 1}\n"
PERSONS = """\
identifiers:
  code: {title: A code, basis: act art. 1, pattern: "[0-9]{6}(19|20)[0-9]{10}", example: "999999199001010004"}
"""

# article, what is exchanged in the sound catalogue, and part of the reason
REPAIRED_WHILE_CONTESTED = (
    "role: repair, record: repair, after: [excluded]",
    "role: repair, record: repair, after: [excluded, contested]",
)
BREACHES: tuple[tuple[int, tuple[tuple[str, str], ...], str], ...] = (
    (1, (("listed: {title: Listed, basis: act art. 1", "listed: {title: Listed, basis: notes art. 1"),), "published"),
    (2, (("conduct: [honour]", "conduct: [honour, civility]"),), "civility"),
    (2, (("title: Score, kind: score", "title: Score, kind: friendship"),), "friendship"),
    (2, (("title: Score, kind: score", "title: Score"),), "which kind"),
    (2, (("title: Decided by, kind: official, public: false", "title: Decided by, kind: official"),), "Free text"),
    (2, (("in_force: 2024-01-01", "in_force: 2024-01-01\norganisations: all"),), "unions"),
    (2, (("purpose: public-procurement", "purpose: curiosity"),), "curiosity"),
    (3, (("    by: [court]\n    states: decision", "    by: [office]\n    states: decision"),), "court"),
    (3, (("    ends_within: 3\n    audience: parties", "    ends_within: 3"),), "published"),
    (3, (("      minor: {when: minor, basis: act art. 2}\n", ""),), "minor"),
    (3, ((f"field: {LENDING}", f"field: {TOLD}"), (f"purpose: {LENDING}", f"purpose: {TOLD}")), "purpose"),
    (3, (("records:\n", f"{PERSONS}records:\n"),), "numbers of natural persons"),
    (4, (("    kept: false\n    asked_by: subject\n", "    lapses: P1Y\n    procedure: hearing\n"),), "of persons"),
    (4, (("title: Income, kind: amount", "title: Income, kind: status"),), "score of persons"),
    (5, (("    consent: agreed\n", ""),), "consent"),
    (6, ((f"states: decision\n{FRAUD}", f"states: finding\n{FRAUD}"),), "no final decision"),
    (7, (("field: extending-credit", "field: inspection"),), "cannot follow from"),
    (7, (("field: extending-credit", "field: travel"),), "Travel has nothing to do with it"),
    (8, (("      inability-to-pay: {when: NOT able, basis: act art. 2}\n", ""),), "Inability"),
    (8, (("exempts: [a payment account, housing, work, power and water]", "exempts: []"),), "exempt"),
    (9, (("{when: NOT able,", "{when: NOT able OR place = 'north',"),), "issuer"),
    (9, (("audience: [procuring-authority]", "audience: [procuring-authority], reaches: [manager]"),), "manager"),
    (10, (("in_force: 2024-01-01", "in_force: 2024-01-01\nbackwards: true"),), "before the rules"),
    (10, (("in_force: 2024-01-01", "in_force: 2024-01-01\nmilder: false"),), "milder"),
    (11, (("at_most: P3Y}", "at_most: P6Y}"),), "6 years"),
    (11, (("    ends_within: 3\n", ""),), "3 working days"),
    (11, (("not_before: P1Y", "not_before: P2Y"),), "repair"),
    (11, (("    lapses: P2Y\n", ""),), "never lapses"),
    (11, (("    stays: P3Y\n", "    stays: P3Y\n    shows_ended: P3Y\n"),), "still shown"),
    (12, (("evidence: all", "evidence: part"),), "all of the evidence"),
    (12, (("evidence: all, ", ""),), "Nothing says that the notice shows"),
    (12, (("reasons: true, evidence", "reasons: false, evidence"),), "no reasons"),
    (12, (("before_effect: true", "before_effect: false"),), "before the notice"),
    (12, (LATE_NOTICE,), "day of the decision"),
    (13, (("days: 14", "days: 9"),), "10 days"),
    (13, (("days: 14", "days: 7, working: true"),), "10 days"),
    (13, (("while: [excluded]", "while: [excluded, contested]"), REPAIRED_WHILE_CONTESTED), "no decision"),
    (13, (("      named: decided_by\n", ""),), "named human"),
    (13, (("named: decided_by", "named: able"),), "names no human"),
    (13, (("kind: official", "kind: reference"),), "names no human"),
    (13, (("bulk: false", "bulk: true"),), "bulk"),
    (13, (("      bulk: false\n", ""),), "Nothing says that each case"),
    (13, (("by_proposer: false", "by_proposer: true"),), "proposed"),
    (14, (("body: independent", "body: superior"),), "above"),
    (14, (("suspends: true", "suspends: false"),), "suspends nothing"),
    (14, (("      suspends: true\n", ""),), "Nothing says that an appeal"),
    (14, (("      days: 30\n      decided_in", "      days: 9\n      decided_in"),), "days to appeal"),
    (14, (("role: annulment", "role: insolvency"),), "annulment"),
    (15, (("      days: 30\n      proof", "      days: 366\n      proof"),), "days to decide"),
    (15, (("decided_in: 60", "decided_in: 181"),), "180 days"),
    (15, (("silence: subject\n      basis", "silence: authority\n      basis"),), "Silence of the authority"),
    (15, (("      decided_in: 60\n", ""),), "Silence"),
    (16, (("danger: life", "danger: other"),), "danger to life"),
    (16, (("days: 15, heard_within: 5", "days: 16, heard_within: 5"),), "15 days"),
    (16, (NO_INTERIM, URGENT), "`interim`"),
    (17, (("free: true", "free: false"),), "fee"),
    (17, (("right: true, ", ""),), "Nothing says that repair is a right"),
    (17, (("stops: [display, sharing, use]", "stops: [display]"),), "stop together"),
    (18, (("      proof: served_on\n", ""),), "proves the decision"),
    (18, (("proof: told_on", "proof: visit.score"),), "no record of the case"),
    (18, (("proof: told_on", "proof: able"),), "proves nothing"),
    (19, (("role: repair,", "role: repair, audience: anybody,"),), "nothing in force"),
    (20, (("in_force: 2024-01-01", "in_force: 2024-01-01\nlook_ups: unlogged"),), "who looked"),
    (20, (("audience: [lender]", "audience: [lender], logged: false"),), "no trace"),
    (21, (("    stays: {until", "    copies: anybody\n    stays: {until"),), "Copies"),
    (21, (("    stays: {until", "    found_by: name\n    stays: {until"),), "name alone"),
    (23, ((ANSWERS, ""),), "answers"),
    (23, (("comment_days: 30", "comment_days: 29"),), "comment"),
    (23, (("reports: P1Y", "reports: P2Y"),), "every year"),
    (23, (("reports: P1Y", "reports: P11M400D"),), "every year"),
)  # fmt: skip


def test_the_sound_catalogue_satisfies_every_article() -> None:
    """No article is breached and none passes for want of anything to look at."""
    assert set(assess(load_sound_catalogue()).articles.values()) == {"satisfied"}
    charter.refuse_if_breached(load_sound_catalogue())


@pytest.mark.parametrize(("article", "changes", "reason"), BREACHES, ids=[f"{b[0]}-{b[2]}" for b in BREACHES])
def test_a_breach_of_one_article_is_found_and_no_other(
    article: int, changes: tuple[tuple[str, str], ...], reason: str
) -> None:
    """The article is breached alone, for the reason given, at a line of the file; and nothing is enacted."""
    catalogue = load_sound_catalogue(*changes)
    assessment = assess(catalogue)
    assert assessment.breached == (article,), [(breach.article, str(breach.reason)) for breach in assessment.breaches]
    assert any(reason in str(breach.reason) for breach in assessment.breaches)
    assert all(breach.where.startswith("catalogue.yaml, line ") and breach.answers for breach in assessment.breaches)
    with pytest.raises(CharterBreached, match=f"article {article} "):
        charter.refuse_if_breached(catalogue)


def test_every_article_but_the_laboratorys_own_has_a_breach() -> None:
    """Article 22 concerns laboratory catalogues, whose test is below."""
    assert {breach[0] for breach in BREACHES} == {article.number for article in ARTICLES} - {22}


def test_a_laboratory_catalogue_takes_in_no_real_files() -> None:
    """Article 22 alone is breached by a laboratory catalogue with a feed; and no laboratory catalogue is enacted."""
    lab = load_sound_catalogue(LAB)
    assert assess(lab).holds
    with pytest.raises(CharterBreached, match="laboratory"):
        charter.refuse_if_breached(lab)
    fed = lab.model_copy(update={"feeds": {"file": object()}, "digest": lab.digest})
    assert [str(reason) for _, reason in ARTICLES[21].breaches(fed)] == ["A laboratory catalogue takes in real files."]


def test_the_relation_table_names_only_fields_that_exist() -> None:
    """Nothing in the charter's own data leads nowhere."""
    for word, entry in get_vocabulary("conduct").items():
        assert set(entry["leads_to"]) <= set(get_vocabulary("fields")), word
        assert entry["nature"] in ("duty", "breach", "grave", "honour")
    assert sum(bool(entry.get("of_persons")) for entry in get_vocabulary("purposes").values()) == 7


@pytest.mark.parametrize("word", ["health-care-quality", "service-quality"])
def test_quality_of_health_care_and_of_services_is_conduct(word: str) -> None:
    """Of who provides it, and of nobody else: a person enters for money or delivery alone."""
    assert assess(load_sound_catalogue(("conduct: [food-safety]", f"conduct: [{word}]"))).holds
    of_person = load_sound_catalogue(("conduct: [unperformed-money-judgment]", f"conduct: [{word}]"))
    assert 3 in assess(of_person).breached


def test_what_is_refused_is_nowhere_permitted() -> None:
    """A word stands in the charter's lists or among those refused, never in both."""
    from goodstanding.charter.vocabulary import read_charter_file

    for vocabulary, refused in read_charter_file("words.yaml")["refused"].items():
        assert not set(refused) & set(get_vocabulary(vocabulary)), vocabulary
