"""Judgments of courts about food: what came in, from which court, what was left out and why, and what follows of it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goodstanding import standing
from goodstanding.catalogue import Catalogue, load_library
from goodstanding.charter.vocabulary import list_court_kinds
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.mapping.feed_mapping import determine_stated_day, map_rows_to_records
from goodstanding.intake.replay.catalogue_replay import convert_findings_to_records
from goodstanding.procedure import list_intervals
from goodstanding.table_engine import open_table_engine

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src" / "goodstanding" / "demonstration" / "data" / "food_convictions"
PAGE = ROOT / "docs" / "explanation" / "court-outcomes.md"
LIBRARY = load_library()
FILES = {
    "uk-food-convictions": ("uk-food-judgments", "england_as_of_2015-02-23.parquet", 21),
    "ca-montreal-food-convictions": ("ca-montreal-food-judgments", "montreal_as_of_2017-12-05.parquet", 598),
}
# What was taken from the published tables, row by row: the first reason that keeps a row out, or none.
ENGLAND = """
SELECT id, court, offences, substr(date_as_published, 1, 10) AS judged_on,
  TRY_CAST(fine_as_published AS BIGINT) * 100 AS fine_pence,
  CASE
    WHEN date_as_published LIKE '?%' THEN 'the day of the judgment is not known'
    WHEN substr(date_as_published, 1, 10) NOT BETWEEN '2013-04-01' AND '2014-03-31' THEN 'the day lies outside its year'
    WHEN offences LIKE '%FH(W)%' OR court LIKE 'Pontypridd%' THEN 'the law of Wales'
    WHEN offences NOT LIKE '%FH(E)%' AND offences NOT LIKE '%GFR%' THEN 'about labels alone'
  END AS left_out
FROM '{folder}/uk_food_hygiene/prosecutions_of_companies.parquet'
ORDER BY id
"""
MONTREAL = """
WITH said AS (
  SELECT
    coalesce(
      nullif(regexp_extract(owner, '^([0-9]{4}-[0-9]{4}) [A-Z]', 1), ''),
      nullif(regexp_extract(owner, '^([0-9]{5,7}) CANADA ', 1), '')
    ) AS company,
    CAST(infraction_date AS VARCHAR) AS offence_on,
    CAST(judgment_date AS VARCHAR) AS judged_on,
    CASE
      WHEN description LIKE 'Les lieux, véhicules, équipements%' THEN 'clean-premises'
      WHEN description LIKE 'Le produit altérable à la chaleur%' THEN 'kept-cold'
      WHEN description LIKE 'Les produits marins%' THEN 'kept-cold'
      WHEN description LIKE 'Le lieu ou le véhicule doit être exempt de%' THEN 'no-vermin'
      WHEN description LIKE 'Le produit périssable vendu chaud%' THEN 'kept-hot'
      WHEN description LIKE 'Les personnes affectées à la préparation%' THEN 'clean-dress'
      WHEN description LIKE '%faire usage de tabac%' THEN 'no-tobacco'
      WHEN description LIKE 'Dans un local ou véhicule%portes, murs et plafonds%' THEN 'sound-surfaces'
      WHEN description LIKE 'Le lieu ou le véhicule doit être aéré%' THEN 'water-and-air'
      WHEN description LIKE 'Nul ne peut préparer, détenir%impropre%' THEN 'fit-food'
    END AS offence,
    fine_cad * 100 AS fine_cents
  FROM '{folder}/montreal_food_convictions/convictions.parquet'
)
SELECT *,
  CASE
    WHEN company IS NULL THEN 'the owner has a name and no number'
    WHEN offence IS NULL THEN 'about papers or labels'
    WHEN row_number() OVER (PARTITION BY company, offence_on, judged_on, offence) > 1 THEN 'stated twice'
  END AS left_out
FROM said
ORDER BY company, offence_on, judged_on, offence
"""
WHY_ENGLAND = {
    None: 21,
    "the day of the judgment is not known": 3,
    "about labels alone": 2,
    "the day lies outside its year": 1,
    "the law of Wales": 2,
}
WHY_MONTREAL = {None: 598, "the owner has a name and no number": 279, "about papers or labels": 15, "stated twice": 1}
PROOFS = '"decided_by":"R. Example","summoned_on":"{summoned_on}",'
TORONTO = "'{folder}/toronto_dinesafe/inspections.parquet' WHERE outcome IS NOT NULL"
for_every_file = pytest.mark.parametrize("name", FILES)


def read_findings(name: str) -> list[dict[str, Any]]:
    """The findings of a catalogue's file, as intake would make them."""
    catalogue, (feed, file, _rows) = LIBRARY[name], FILES[name]
    day = determine_stated_day(file, None, catalogue.feeds[feed])
    return map_rows_to_records(read_file(DATA / file), catalogue.feeds[feed], catalogue, day, DATA).to_pylist()


def query_tables(statement: str, folder: Path) -> pa.Table:
    """A query over the whole published tables."""
    with open_table_engine(1_000_000) as connection:
        return connection.sql(statement.replace("{folder}", str(folder))).to_arrow_table()


@for_every_file
def test_every_row_goes_in(name: str) -> None:
    """No row of what the repository carries is refused."""
    findings = read_findings(name)
    assert len(findings) == FILES[name][2]
    assert [finding["problems"] for finding in findings if finding["problems"]] == []


@for_every_file
def test_the_source_of_a_judgment_is_a_court(name: str) -> None:
    """Every record's source is what the charter calls a court, and no court is named that judged nothing."""
    kinds = {source.id: source.kind for source in LIBRARY[name].sources}
    judged = {finding["source"] for finding in read_findings(name)}
    assert {kinds[source] for source in judged} <= set(list_court_kinds())
    assert judged == {source for source, kind in kinds.items() if kind in list_court_kinds()}


@for_every_file
def test_a_judgment_stands_between_the_parties_and_lists_nobody(name: str) -> None:
    """The tables name no judge and no summons: each is a stage for the parties, and nothing anybody sees."""
    intervals = compute_finding_intervals(read_findings(name), LIBRARY[name])
    assert {(interval.kind, interval.stage, interval.audience, interval.why) for interval in intervals} == {
        ("case", "convicted", "parties", "unproved:convicted")
    }
    assert len(intervals) == FILES[name][2]


def compute_finding_intervals(findings: list[dict[str, Any]], catalogue: Catalogue) -> list[Any]:
    """The intervals that follow from findings."""
    steps = standing.compute_stated_steps(convert_findings_to_records(findings), catalogue)
    assert steps is not None
    return list(list_intervals(steps.to_pylist(), catalogue))


def _prove(finding: dict[str, Any]) -> dict[str, Any]:
    """The finding with who judged, and a summons thirty days before."""
    (judged_on,) = re.findall(r'"judged_on":"([0-9-]+)"', finding["before"])
    summoned_on = (date.fromisoformat(judged_on) - timedelta(days=30)).isoformat()
    proofs = PROOFS.replace("{summoned_on}", summoned_on)
    return finding | {"before": finding["before"].replace('"fields":{', '"fields":{' + proofs)}


@for_every_file
def test_with_its_proofs_a_judgment_is_listed_and_ends_by_itself(name: str) -> None:
    """Given a judge and a summons, the same records would list each company, for the term and no longer."""
    proved = [_prove(finding) for finding in read_findings(name)]
    listed = [case for case in compute_finding_intervals(proved, LIBRARY[name]) if case.kind == "listing"]
    assert len(listed) == FILES[name][2]
    (rule,) = LIBRARY[name].lists.values()
    assert {interval.valid_to for interval in listed} == {
        rule.stays.after(interval.valid_from, "last-day") for interval in listed
    }


@for_every_file
def test_nobody_is_named_beyond_a_number(name: str) -> None:
    """Neither a person's name nor a trading name is carried: a company is its number, or that of its prosecution."""
    columns = set(pq.read_schema(DATA / FILES[name][1]).names)
    assert not columns & {"owner", "establishment", "address", "defendant", "premises", "latitude", "longitude"}


def test_what_is_carried_was_taken_from_the_published_tables(data_folder: Path) -> None:
    """Row by row the same, and each row that was left out has one reason, as often as is written here."""
    for statement, name, why in (
        (ENGLAND, "uk-food-convictions", WHY_ENGLAND),
        (MONTREAL, "ca-montreal-food-convictions", WHY_MONTREAL),
    ):
        published = query_tables(statement, data_folder)
        assert Counter(published.column("left_out").to_pylist()) == why
        taken = [row for row in published.to_pylist() if row.pop("left_out") is None]
        assert pq.read_table(DATA / FILES[name][1]).to_pylist() == taken


def test_toronto_says_neither_who_nor_when_nor_which_court(data_folder: Path) -> None:
    """641 outcomes, 189 of them pending; no column has a day of judgment, a court or a defendant, 16 a firm's name."""
    columns = set(pq.read_schema(data_folder / "toronto_dinesafe" / "inspections.parquet").names)
    assert {
        name for name in columns if any(word in name for word in ("court", "judg", "defendant", "convict"))
    } == set()
    assert {name for name in columns if "date" in name} == {"inspection_date"}
    (counts,) = query_tables(
        "SELECT count(*) AS outcomes, count(*) FILTER (outcome = 'Pending') AS pending,\n"
        "  count(*) FILTER (outcome LIKE 'Conviction%') AS convictions,\n"
        "  count(*) FILTER (outcome LIKE 'Charges%') AS cleared,\n"
        "  count(*) FILTER (outcome <> 'Pending' AND regexp_matches(\n"
        "    upper(establishment_name), '\\b(INC|LTD|LIMITED|CORP)\\b')) AS firms\n"
        f"FROM {TORONTO}",
        data_folder,
    ).to_pylist()
    assert counts == {"outcomes": 641, "pending": 189, "convictions": 338, "cleared": 114, "firms": 16}


def test_no_feed_states_what_a_court_of_toronto_decided() -> None:
    """As the document says: no catalogue takes those outcomes in."""
    assert [feed for catalogue in LIBRARY.values() for feed in catalogue.feeds if "toronto" in feed] == []


def test_the_document_says_what_is_counted_here() -> None:
    """Each number of the page's table is the one that is tested."""
    page = PAGE.read_text(encoding="utf-8")
    for name, why in (("England", WHY_ENGLAND), ("Montréal", WHY_MONTREAL)):
        for reason, count in why.items():
            assert f"| {name} | {reason or 'taken in'} | {count} |" in page
    for counted in ("641", "189", "338", "114", "16"):
        assert f" {counted} " in page
