"""That misspelt names are found among all names of a real register, and how many real tax numbers are doubted."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import ascii_lowercase

import pytest

from goodstanding.subjects import (
    Identifier,
    SearchPlan,
    build_search_texts,
    guess_identifiers,
    normalise_name,
    plan_search,
    rank_names,
    repair_encoding,
)
from goodstanding.subjects.ranking import CANDIDATE_POOL, CANDIDATES
from goodstanding.table_engine import open_table_engine

DATA = Path(str(files("goodstanding"))) / "demonstration" / "data"
FHRS = DATA / "uk_food_hygiene" / "fhrs_2015.parquet"
MEXICO = sorted((DATA / "mx_sat_69b").glob("*.parquet"))
pytestmark = pytest.mark.skipif(not FHRS.exists() or not MEXICO, reason="the demonstration's data are not here")


def read_column(file: Path, name: str) -> list[str]:
    """One column of a Parquet file."""
    with open_table_engine(1) as duck:
        return [value for (value,) in duck.execute(f"SELECT {name} FROM read_parquet(?)", [str(file)]).fetchall()]


class NameIndex:
    """All names of a file in a trigram index in memory."""

    def __init__(self, names: list[str]) -> None:
        self.names = [normalise_name(name) for name in names]
        self.base = sqlite3.connect(":memory:")
        self.base.execute("CREATE TABLE subject (id INTEGER PRIMARY KEY, name TEXT, searchable TEXT)")
        rows = zip(range(len(names)), names, build_search_texts(names), strict=True)
        self.base.executemany("INSERT INTO subject VALUES (?, ?, ?)", rows)
        self.base.execute(
            "CREATE VIRTUAL TABLE subject_search USING fts5"
            "(searchable, content='subject', content_rowid='id', tokenize='trigram', detail=none)"
        )
        self.base.execute("INSERT INTO subject_search (subject_search) VALUES ('rebuild')")
        self.base.execute("CREATE VIRTUAL TABLE gram USING fts5vocab(subject_search, row)")

    def frequencies(self, grams: list[str]) -> dict[str, int]:
        """In how many names each gram is."""
        marks = ", ".join("?" * len(grams))
        return dict(self.base.execute(f"SELECT term, doc FROM gram WHERE term IN ({marks})", grams).fetchall())

    def candidates(self, plan: SearchPlan) -> list[tuple[int, str]]:
        """The names that share most grams, those nearest in length first."""
        hit = "SELECT rowid AS id, ? AS weight FROM subject_search WHERE subject_search MATCH ?"
        shared = (
            f"SELECT id, sum(weight) AS weight FROM ({' UNION ALL '.join([hit] * len(plan.grams))})"
            " GROUP BY id ORDER BY weight DESC, id LIMIT ?"
        )
        looked_up = [
            value for gram, weight in zip(plan.grams, plan.weights, strict=True) for value in (weight, f'"{gram}"')
        ]
        return self.base.execute(
            f"SELECT subject.id, name FROM ({shared}) JOIN subject USING (id)"
            " ORDER BY weight DESC, abs(length(searchable) - ?), id LIMIT ?",
            [*looked_up, CANDIDATE_POOL, plan.letters, CANDIDATES],
        ).fetchall()

    def finds(self, words: str, name: str) -> bool:
        """Whether the first ten found have one with this name."""
        plan = plan_search(words, self.frequencies)
        ranked = rank_names(words, self.candidates(plan), 10) if plan.grams else []
        return normalise_name(name) in [self.names[key] for key, _ in ranked]


def misspell(name: str, chance: random.Random) -> str:
    """The name with one letter replaced, left out, put in or exchanged with the next."""
    at = chance.choice([place for place, letter in enumerate(name) if letter.isalpha()])
    other = chance.choice(ascii_lowercase.replace(name[at].lower(), ""))
    exchanged = name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
    return chance.choice(
        [name[:at] + other + name[at + 1 :], name[:at] + name[at + 1 :], name[:at] + other + name[at:], exchanged]
    )


@pytest.fixture(scope="module")
def register() -> Iterator[NameIndex]:
    """The names of all food establishments."""
    names = NameIndex([repair_encoding(name) for name in read_column(FHRS, "businessname")])
    yield names
    names.base.close()


def draw_names(register: NameIndex, count: int) -> list[str]:
    """Names drawn at random, always the same."""
    named = [name for name in register.names if any(letter.isalpha() for letter in name)]
    return random.Random(20150223).sample(named, count)


def test_a_name_with_one_wrong_letter_is_among_the_first_ten(register: NameIndex) -> None:
    """Of 266,859 names at least 95 in 100 are found in spite of one wrong letter."""
    chance, names = random.Random(1), draw_names(register, 200)
    assert sum(register.finds(misspell(name, chance), name) for name in names) >= 190


def test_a_name_without_an_error_is_always_among_the_first_ten(register: NameIndex) -> None:
    """A name asked for as it is spelled is found, however many contain it."""
    names = [*draw_names(register, 60), "village", "crown", "kfc"]
    assert [name for name in names if not register.finds(name, name)] == []


def test_real_tax_numbers_are_read_and_few_are_doubted() -> None:
    """Every RFC of a legal entity on the article 69-B list is read; 3 in 1,000 have a check digit that fails."""
    numbers = {number for file in MEXICO for number in read_column(file, "rfc")}
    read = [Identifier.parse(f"mx-rfc:{number}") for number in numbers]
    assert {identifier.value for identifier in read} == numbers
    assert all(guess_identifiers(identifier.value) == (identifier,) for identifier in read)
    assert 0 < sum(bool(identifier.problems()) for identifier in read) < 0.005 * len(read)
