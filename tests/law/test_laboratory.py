"""Each laboratory catalogue fails the charter for the right articles, and for the right reason."""

from __future__ import annotations

import pytest

from goodstanding import charter
from goodstanding.catalogue import load_library
from goodstanding.charter import assess
from goodstanding.errors import CharterBreached

LIBRARY = load_library()

# catalogue: article: one of the reasons for which it is breached
WHY: dict[str, dict[int, str]] = {
    "cn-catering-faces-licences": {
        6: "A restriction rests on a score.",
        11: "The grade never lapses.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        17: "There is no way to make good.",
    },
    "cn-environment-12-surcharges": {
        2: "The purpose 'commerce' does not exist. A shop's interest is no purpose of law.",
        6: "A restriction rests on a score.",
        7: "The field 'utilities' does not exist. Power, water and heat are needed to live and to work.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        17: "Recipients do not confirm within a month that their copies are gone.",
        19: "The audience 'power-supplier' does not exist. It is not in the charter's list.",
    },
    "cn-penalties-unsuspended": {
        12: "Nothing says that the notice shows all of the evidence.",
        13: "There are fewer than 10 days to reply.",
        14: "The appeal goes to a body above the author.",
        15: "Silence of the authority does not end the case.",
        17: "Recipients do not confirm within a month that their copies are gone.",
        18: "Nothing on record proves the appeal.",
    },
    "cn-serious-violations-unsuspended": {
        11: "Repair depends on new_heavier_penalty, which is the sanction that was decided",
        12: "Nothing says that the notice shows all of the evidence.",
        13: "There are fewer than 10 days to reply.",
        14: "The appeal goes to a body above the author.",
        15: "Silence of the authority does not end the case.",
        17: "Recipients do not confirm within a month that their copies are gone.",
        18: "Nothing on record proves the appeal.",
    },
    "cn-tax-grade-carried": {
        2: "The kind 'others-standing' does not exist",
        6: "A restriction rests on a score.",
        7: "invoices-tightened and export-refunds-limited both restrict invoices for one conduct, tax-compliance.",
        9: "The rule reads run_by_responsible_of_d: others standing.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "The appeal goes to the author itself.",
        15: "Silence on an appeal does not count for the subject.",
        17: "Display, sharing and use do not stop together.",
        18: "Nothing on record proves the decision.",
        19: "The audience 'government-department' does not exist. It is not in the charter's list.",
    },
    "cross-debarment-2010": {
        6: "A restriction rests on exclusion-decision, which states no final decision.",
        11: "Nobody can end the listing by repair after a year.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        17: "There is no way to make good.",
        19: "The audience 'development-bank' does not exist. It is not in the charter's list.",
    },
    "far-debarment": {
        6: "A restriction rests on suspension, which states no final decision.",
        7: "no-contract-while-proposed and no-contract both restrict public contracts for one conduct, corruption.",
        8: "Every listing lasts the same time, however slight its reason.",
        9: "It binds others by imputation without a decision of their own.",
        11: "Nobody can end the listing by repair after a year.",
        12: "Nothing says that the notice shows all of the evidence.",
        13: "Who proposed also decides.",
        14: "There is no appeal.",
        15: "Silence of the authority does not end the case.",
        16: "An interim measure without danger to life.",
        17: "Nothing says that repair is a right.",
    },
    "joint-punishment-2016": {
        2: "The conduct 'list-membership' does not exist. That another list names somebody is no conduct.",
        3: "Only a court enters a person.",
        6: "A restriction rests on other lists alone.",
        7: "Public contracts: no measure can follow from list-membership, which the charter does not have.",
        8: "Every listing lasts the same time, however slight its reason.",
        11: "The listing has no end.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        15: "Silence on an appeal does not count for the subject.",
        17: "There is no way to make good.",
        18: "Nothing on record proves the notice.",
        19: "The audience 'signatory-body' does not exist. It is not in the charter's list.",
        21: "Copies go to anybody, so no correction reaches them.",
    },
    "judgment-debtors-zpo": {
        2: "The record type does not say which conduct it is about.",
        3: "Only a court enters a person.",
        7: "Lending: a measure in this field cannot follow from unpaid-tax.",
        8: "Inability to pay is treated as refusal to pay.",
        11: "After performance the listing does not end within 3 working days.",
        12: "Nothing says that the notice shows all of the evidence.",
        13: "Who proposed also decides.",
        14: "An appeal in time suspends nothing.",
        15: "Silence of the authority does not end the case.",
        17: "Recipients do not confirm within a month that their copies are gone.",
        19: "The audience 'anybody-with-a-purpose' does not exist. It is not in the charter's list.",
    },
    "mx-tax-69b-published": {
        2: "Media, religious bodies, unions, parties and associations enter for money judgments only.",
        8: "Every listing lasts the same time, however slight its reason.",
        11: "The listing has no end.",
        13: "No named human decides.",
        14: "There is no appeal.",
        17: "There is no way to make good.",
        19: "Anybody sees a step that puts nothing in force.",
        21: "Copies go to anybody, so no correction reaches them.",
    },
    "robodebt-averaging": {
        2: "The purpose 'social-security' does not exist. Never for what is needed to live.",
        3: "Only a court enters a person.",
        4: "A score of persons.",
        6: "A restriction rests on a score.",
        7: "The field 'social-security' does not exist. What is needed to live is exempt.",
        8: "Nothing that is needed to live and to work lawfully is exempt.",
        11: "No end is stated for the points.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        17: "There is no way to make good.",
        19: "The audience 'social-security-office' does not exist. It is not in the charter's list.",
    },
    "rongcheng-2014": {
        2: "The conduct 'contract-default' does not exist",
        3: "Only a court enters a person.",
        4: "A score of persons.",
        5: "A person's conduct earns no favours.",
        6: "A restriction rests on a score.",
        7: "The field 'deposits' does not exist. Private contracts have nothing to do with it.",
        8: "Nothing that is needed to live and to work lawfully is exempt.",
        11: "No end is stated for the points.",
        12: "The notice gives no reasons.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        15: "Silence of the authority does not end the case.",
        17: "There is no way to make good.",
        18: "Nothing on record proves the notice.",
        19: "The audience 'hirer' does not exist. It is not in the charter's list.",
    },
    "sesame": {
        1: "was never published, so what it says is void.",
        2: "The conduct 'consumption' does not exist. What somebody buys is nobody's business here.",
        3: "Only a court enters a person.",
        4: "A score of persons.",
        5: "A person's conduct earns no favours.",
        6: "A restriction rests on a score.",
        7: "The field 'deposits' does not exist. Private contracts have nothing to do with it.",
        8: "Nothing that is needed to live and to work lawfully is exempt.",
        9: "The rule reads friends_score: association.",
        11: "The grade never lapses.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        17: "There is no way to make good.",
        19: "The audience 'hirer' does not exist. It is not in the charter's list.",
    },
    "spc-debtors-2013": {
        2: "The kind 'identity' does not exist. No more about a person is held than the identifier.",
        3: "A record about a person is never published.",
        7: "The field 'market-entry' does not exist. Barring all business is no related measure.",
        8: "Nothing that is needed to live and to work lawfully is exempt.",
        11: "After performance the listing does not end within 3 working days.",
        12: "The notice gives no reasons.",
        13: "Nobody is heard before it is decided.",
        14: "The appeal goes to the author itself.",
        15: "Silence of the authority does not end the case.",
        17: "Display, sharing and use do not stop together.",
        18: "Nothing on record proves the notice.",
        19: "This audience learns nothing of persons: anybody.",
        20: "Whoever asks about the measure leaves no trace.",
        21: "Copies go to anybody, so no correction reaches them.",
    },
    "spc-debtors-2017": {
        2: "The kind 'identity' does not exist. No more about a person is held than the identifier.",
        3: "A record about a person is never published.",
        7: "The field 'market-entry' does not exist. Barring all business is no related measure.",
        8: "Inability to pay is treated as refusal to pay.",
        9: "It binds legal representative without a decision of their own.",
        11: "Performing the duty does not end the listing as listed for a term.",
        12: "The notice gives no reasons.",
        13: "Nobody is heard before it is decided.",
        14: "The appeal goes to a body above the author.",
        15: "Silence on an appeal does not count for the subject.",
        17: "Repair is a favour, not a right.",
        18: "Nothing on record proves the notice.",
        19: "This audience learns nothing of persons: anybody.",
        20: "Whoever asks about the measure leaves no trace.",
        21: "Copies go to anybody, so no correction reaches them.",
    },
    "suining-2010": {
        2: "The conduct 'loan-default' does not exist",
        3: "Only a court enters a person.",
        4: "A score of persons.",
        5: "Good deeds of persons are not recorded.",
        6: "A restriction rests on a score.",
        7: "The field 'employment' does not exist. Work has nothing to do with it.",
        8: "Nothing that is needed to live and to work lawfully is exempt.",
        11: "The listing has no end.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        15: "Silence of the authority does not end the case.",
        17: "There is no way to make good.",
        18: "Nothing on record proves the decision.",
        19: "The audience 'employer' does not exist. Never for hiring.",
        21: "Copies go to anybody, so no correction reaches them.",
    },
    "toeslagen-flags": {
        1: "was never published, so what it says is void.",
        2: "The kind 'identity' does not exist. No more about a person is held than the identifier.",
        3: "Only a court enters a person.",
        4: "A score of persons.",
        6: "A restriction rests on a score.",
        7: "The field 'social-security' does not exist. What is needed to live is exempt.",
        8: "Nothing that is needed to live and to work lawfully is exempt.",
        11: "The grade never lapses.",
        12: "Nobody is told before it takes effect.",
        13: "Nobody is heard before it is decided.",
        14: "There is no appeal.",
        17: "There is no way to make good.",
        19: "The audience 'social-security-office' does not exist. It is not in the charter's list.",
    },
}


def test_every_laboratory_catalogue_is_argued() -> None:
    """None is left out."""
    assert set(WHY) == {name for name, catalogue in LIBRARY.items() if catalogue.mode == "lab"}


@pytest.mark.parametrize("name", WHY)
def test_a_laboratory_catalogue_fails_for_the_right_articles(name: str) -> None:
    """These articles and no others, each for the reason given."""
    assessment = assess(LIBRARY[name])
    assert assessment.breached == tuple(sorted(WHY[name]))
    for article, reason in WHY[name].items():
        assert any(reason in str(breach.reason) for breach in assessment.breaches if breach.article == article), (
            article,
            reason,
        )


@pytest.mark.parametrize("name", WHY)
def test_a_laboratory_catalogue_is_refused_by_a_register(name: str) -> None:
    """Whatever its rules are; and calling itself live would not help it."""
    with pytest.raises(CharterBreached, match="laboratory"):
        charter.refuse_if_breached(LIBRARY[name])


@pytest.mark.parametrize("name", sorted(name for name, catalogue in LIBRARY.items() if catalogue.mode == "live"))
def test_a_live_catalogue_satisfies_the_charter(name: str) -> None:
    """None of its articles is breached."""
    assert assess(LIBRARY[name]).breaches == ()


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_twins_name_each_other_and_say_how_they_differ(name: str) -> None:
    """Where the original breaches an article both pages say so."""
    catalogue = LIBRARY[name]
    if catalogue.twin:
        twin = LIBRARY[catalogue.twin]
        assert twin.mode != catalogue.mode
        assert twin.twin == name
        assert catalogue.differs
