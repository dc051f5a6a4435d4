"""A small live catalogue that every article of the charter applies to and none refuses: each test spoils one thing."""

from __future__ import annotations

from goodstanding.catalogue import Catalogue, load_files

CATALOGUE = """\
catalogue: sound
version: 1
mode: live
title: A sound catalogue
summary: A court decides, a debtor is listed, an authority inspects, an honour is given.
in_force: 2024-01-01
subjects: [organisation, person]
answers: {body: Court administration, reports: P1Y, comment_days: 30, basis: act art. 1}

records:
  order:
    title: Order of the court
    basis: act art. 1
    by: [court]
    states: decision
    conduct: [unperformed-money-judgment]
    audience: parties
    fields: &order
      able: {type: boolean, title: Able to pay, kind: ability}
      minor: {type: boolean, title: A minor, kind: age}
      study: {type: boolean, title: Debt from studies, kind: duty}
      ends_on: {type: date, title: Ends on, kind: day, future: true}
      told_on: {type: date, title: Told, kind: day}
      decided_by: {type: text, title: Decided by, kind: official, public: false}
      heard_by: {type: text, title: Appeal decided by, kind: official, public: false}
      place: {type: code, title: Place, kind: premises, one_of: [north, south]}
  payment:
    title: Payment
    basis: act art. 2
    by: [court]
    states: step
    about: order
    audience: parties
  finding:
    title: Finding of fraud
    basis: act art. 1
    by: [office]
    states: decision
    conduct: [procurement-fraud]
    concerns: [organisation]
    fields:
      <<: *order
      made_good: {type: boolean, title: Made good, kind: performance}
  repair:
    title: Decision on repair
    basis: act art. 2
    by: [office]
    states: step
    about: finding
    concerns: [organisation]
  visit:
    title: Visit
    basis: act art. 1
    by: [office]
    conduct: [food-safety]
    concerns: [organisation]
    fields:
      score: {type: integer, title: Score, kind: score, at_least: 0, at_most: 10}
  loan-request:
    title: What somebody brings who asks for a loan
    basis: act art. 1
    by: [court]
    states: disclosure
    concerns: [person]
    audience: parties
    fields:
      income: {type: integer, title: Income, kind: amount, at_least: 0, at_most: 100}
  honour:
    title: Honour
    basis: act art. 1
    by: [office]
    states: deed
    conduct: [honour]
    concerns: [organisation]
    consent: agreed
    fields:
      agreed: {type: boolean, title: Agreed, kind: status}

schemes:
  food:
    title: Food
    basis: act art. 1
    kind: latest
    record: visit
    score: score
    bands: [{grade: A, at_most: 5}, {grade: B}]
    lapses: P2Y
    procedure: hearing
  loan:
    title: A score for a loan
    basis: act art. 1
    kind: latest
    record: loan-request
    score: income
    bands: [{grade: high, at_least: 50}, {grade: low}]
    kept: false
    asked_by: subject
    audience: parties

procedures:
  hearing:
    title: Hearing
    basis: act art. 3
    notice: {held_by: source, proof: finding.told_on, basis: act art. 3}
    reply: {held_by: subject, days: 14, basis: act art. 3}
    decision: {held_by: source, days: 30, proof: finding.decided_by, named: finding.decided_by, basis: act art. 3}
    appeal: {held_by: appeal-body, body: independent, days: 30, decided_in: 60, proof: finding.heard_by, basis: act art. 3}
    interim: {held_by: source, danger: life, days: 15, heard_within: 5, basis: act art. 3}
    repair: {held_by: source, days: 30, confirmed_within: 30, basis: act art. 3}

cases:
  debt:
    title: Debt
    basis: act art. 1
    record: order
    procedure: hearing
    spares:
      inability-to-pay: {when: NOT able, basis: act art. 2}
      minor: {when: minor, basis: act art. 2}
      study-debt: {when: study, basis: act art. 2}
    steps:
      listed: {title: Listed, basis: act art. 1, role: opening, public_on: told_on}
      paid: {title: Paid, basis: act art. 2, role: performance, record: payment, after: [listed]}
  fraud:
    title: Fraud
    basis: act art. 1
    record: finding
    procedure: hearing
    steps:
      excluded: {title: Excluded, basis: act art. 1, role: opening, public_on: told_on, audience: anybody}
      repaired: {title: Repaired, basis: act art. 2, role: repair, record: repair, after: [excluded], not_before: P1Y}

lists:
  debtors:
    title: Debtors
    basis: act art. 1
    case: debt
    while: [listed]
    stays: P3Y
    ends_within: 3
    audience: parties
  excluded:
    title: Excluded
    basis: act art. 1
    case: fraud
    while: [excluded]
    stays: {until: ends_on, at_most: P3Y}

measures:
  no-contracts:
    {title: No public contracts, basis: act art. 1, kind: restriction, field: public-procurement, list: excluded, purpose: public-procurement, audience: [procuring-authority]}
  no-credit:
    {title: Told to lenders, basis: act art. 1, kind: restriction, field: extending-credit, list: debtors, purpose: extending-credit, audience: [lender], exempts: [a basic account]}
  more-visits:
    {title: More visits, basis: act art. 1, kind: supervision, field: inspection, scheme: food, grades: [B], purpose: inspection, audience: [office]}
"""

INSTRUMENTS = """\
act:
  title: The act
  jurisdiction: Nowhere
  in_force: 2020-01-01
  articles:
    "1": {title: Grounds}
    "2": {title: Ends}
    "3": {title: Procedure}
notes:
  title: An unpublished note
  jurisdiction: Nowhere
  in_force: 2020-01-01
  published: false
  articles:
    "1": {title: Wishes}
"""


def sound(*changes: tuple[str, str]) -> Catalogue:
    """The catalogue with texts exchanged; each must be there."""
    text = CATALOGUE
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return load_files({"catalogue.yaml": text, "instruments.yaml": INSTRUMENTS})
