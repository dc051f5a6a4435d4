"""A subject's page and a search in the server, among all subjects of the feed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import POSTGRES, SQLITE, STATED, Registers, Unavailable, use_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result, Skipped, compute_quantile
from benchmarks.harness.spelling_errors import misspell

PAGE = Bar(50.0, most=True)
SEARCH = {SQLITE: Bar(60.0, most=True), POSTGRES: Bar(150.0, most=True)}
RECALL = Bar(0.95, most=False)
PAGES, NAMES, WARM, SEED = 500, 1_000, 20, 2015
_LATE = 0.95


def run(registers: Registers) -> Iterator[Outcome]:
    """Milliseconds at the 95th percentile, and how many misspelt names are found, on each database."""
    for database in SEARCH:
        try:
            yield from _measure_database(database, registers)
        except Unavailable as missing:
            yield Skipped(f"pages, {database}", str(missing))


def _measure_database(database: str, registers: Registers) -> Iterator[Outcome]:
    samples = measure_call(measure_visits, registers.filled(database)).value
    if "page" in samples:
        file = Peer("the file read, no page made of it", compute_quantile(samples["file"], _LATE))
        yield Result(
            f"subject page p95, {database}",
            compute_quantile(samples["page"], _LATE),
            "ms",
            PAGE,
            file,
            _pick(samples, "page", "file"),
        )
        find = Peer("the look-up alone, no page made of it", compute_quantile(samples["find"], _LATE))
        late = compute_quantile(samples["search"], _LATE)
        yield Result(f"search p95, {database}", late, "ms", SEARCH[database], find, _pick(samples, "search", "find"))
    else:
        yield Skipped(f"subject page and search page, {database}", samples["no_pages"])
    exact = Peer("the same names without an error", samples["recall_exact"])
    yield Result(
        f"recall@10 of misspelt names, {database}", samples["recall"], "share", RECALL, exact, _pick(samples, "missed")
    )


def _pick(samples: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: samples[name] for name in names}


def measure_visits(folder: str) -> dict[str, Any]:
    """Milliseconds of each page and look-up, and what was found of the names drawn."""
    use_register(folder)
    from goodstanding.register.storage.queries import fetch_rows

    draw = random.Random(SEED)
    named = [
        (subject_id, name)
        for subject_id, name in fetch_rows("SELECT id, name FROM subject ORDER BY id")
        if len(name) >= 3
    ]
    names = [name for _, name in draw.sample(named, NAMES)]
    misspellings = [misspell(name, draw) for name in names]
    spent: list[float] = []
    missed = [
        (name, words) for name, words in zip(names, misspellings, strict=True) if not _is_found(name, words, spent)
    ]
    exact = sum(_is_found(name, name, []) for name in names) / NAMES
    recall = 1 - len(missed) / NAMES
    return {"find": spent, "missed": missed, "recall": recall, "recall_exact": exact, **_time_pages(misspellings, draw)}


def _is_found(name: str, words: str, spent: list[float]) -> bool:
    """Whether a subject of that very name is among the ten found first."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.search.name_search import match_subjects
    from goodstanding.register.storage.queries import fetch_rows

    now = PointInTime(STATED)
    begun = time.perf_counter()
    ids = match_subjects(words, now, 10).subject_ids
    spent.append(1000 * (time.perf_counter() - begun))
    marks = ", ".join(["%s"] * len(ids))
    return bool(ids) and (name,) in fetch_rows(f"SELECT name FROM subject WHERE id IN ({marks})", list(ids))


def _time_pages(misspellings: list[str], draw: random.Random) -> dict[str, Any]:
    try:
        from django.test import Client

        from goodstanding import urls
    except ImportError as missing:
        return {"no_pages": str(missing)}
    from goodstanding.access import ANYBODY
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subject_file import get_subject_file
    from goodstanding.register.projection.projector import get_projected_size

    client, size = Client(headers={"host": "localhost"}), get_projected_size()
    texts = draw.sample(_list_public_identifiers(), PAGES + WARM)
    try:
        page = _time_each(texts, lambda text: _open_page(client, f"/subjects/{text}", {}))
        searched = _time_each(misspellings, lambda words: _open_page(client, "/search", {"q": words}))
    except _NotServed as refused:
        return {"no_pages": str(refused)}
    return {
        "page": page,
        "search": searched,
        "file": _time_each(texts, lambda text: get_subject_file(text, PointInTime(STATED), ANYBODY, size)),
        "served_by": urls.__name__,
    }


def _list_public_identifiers() -> list[str]:
    """Those of the subjects that anybody finds on the day of the statement: the others have no page."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.public_subjects import build_public_condition
    from goodstanding.register.storage.queries import fetch_rows

    is_public, values = build_public_condition(PointInTime(STATED))
    joined = f"identifier JOIN subject ON subject.id = identifier.subject_id WHERE {is_public}"
    return [text for (text,) in fetch_rows(f"SELECT identifier.text FROM {joined} ORDER BY identifier.text", values)]


class _NotServed(RuntimeError):
    """A page that was not answered with 200."""


def _open_page(client: Any, path: str, query: dict[str, str]) -> None:
    answer = client.get(path, query)
    if answer.status_code != 200:
        raise _NotServed(f"{path} answered {answer.status_code}")


def _time_each(texts: list[str], work: Callable[[str], Any]) -> list[float]:
    """Milliseconds for each, but for the first few, which warm caches."""
    spent = []
    for text in texts:
        begun = time.perf_counter()
        work(text)
        spent.append(1000 * (time.perf_counter() - begun))
    return spent[WARM:]
