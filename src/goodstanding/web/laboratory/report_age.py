"""Whether a report fits the texts of today: what it rests on is compared by digest with what comes with the program."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from goodstanding.catalogue.loader import BEHAVIOUR_FILE, compute_digest, locate_library_folder, read_texts
from goodstanding.web.laboratory.report_files import is_report_name
from goodstanding.web.laboratory.report_schemas import ExperimentReport, ReportedDigest

HOUSE = Path(__file__).parents[2]
_PACKAGED = re.compile(r"(?:lab|demonstration/data)/(?:[a-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.[a-z0-9]+)+")
_TEXT = "text"  # of the experiment's own file


def list_outdated_texts(report: ExperimentReport) -> list[str]:
    """The names of what the report rests on and is no longer as it was; the experiment itself where nothing says it."""
    own_text = f"lab/experiments/{report.experiment.experiment}.yaml"
    outdated = [digest.name for digest in report.digests if find_present_digest(digest) not in (None, digest.sha256)]
    is_stated = any((digest.of, digest.name) == (_TEXT, own_text) for digest in report.digests)
    return outdated if is_stated else [own_text, *outdated]


def find_present_digest(digest: ReportedDigest) -> str | None:
    """What a text's or file's digest is today, empty where it is no longer there; None where nobody can tell."""
    if digest.of in (_TEXT, "data"):
        return _hash_packaged_file(digest.name) if _PACKAGED.fullmatch(digest.name) else ""
    if digest.of in ("catalogue", "behaviour"):
        return _hash_catalogue(digest.name, digest.of) if is_report_name(digest.name) else ""
    return None


@lru_cache(maxsize=256)
def _hash_packaged_file(path: str) -> str:
    file = HOUSE / path
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


@lru_cache(maxsize=256)
def _hash_catalogue(name: str, part: str) -> str:
    folder = locate_library_folder() / name
    if not (folder / "catalogue.yaml").is_file():
        return ""
    if part == "catalogue":
        return compute_digest(read_texts(folder))
    behaviour = folder / BEHAVIOUR_FILE
    return hashlib.sha256(behaviour.read_bytes()).hexdigest() if behaviour.is_file() else ""
