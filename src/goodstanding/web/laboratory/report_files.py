"""Reports on file: those of the register's own folder, and the finished ones that come with the program.

A file is hostile until it was read: only plain files of a bounded size are opened, none through a link.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _
from pydantic import ValidationError

from goodstanding import config
from goodstanding.errors import BadFile
from goodstanding.web.laboratory.report_schemas import ExperimentReport

FINISHED = Path(__file__).parent / "finished"
EXPERIMENTS = Path(__file__).parents[2] / "lab" / "experiments"  # files, of which names and digests are read alone
MOST_BYTES = 524_288
MOST_PAGE_BYTES = 4_194_304
MOST_FILES = 200  # of a folder that are looked at
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PAGE_START = re.compile(
    rb'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" '
    rb"content=\"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'\">\n"
)
_LEADS_AWAY = re.compile(rb"http-equiv|\shref|<\s*(?:a|form|script|object|embed|iframe)\b", re.IGNORECASE)


def list_report_names() -> list[str]:
    """The experiments of which there is a file, whether it can be read or not."""
    return sorted({*_list_names(get_own_folder()), *_list_names(FINISHED)})


def list_experiment_names() -> list[str]:
    """The experiments that come with the program."""
    return sorted(_list_names(EXPERIMENTS, ".yaml"))


def _list_names(folder: Path, ending: str = ".json") -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            files = [entry.name for entry in islice(entries, MOST_FILES)]
    except OSError:
        return
    names = (file.removesuffix(ending) for file in files if file.endswith(ending))
    yield from filter(is_report_name, names)


def is_report_name(name: str) -> bool:
    """Whether a word can be the name of an experiment: no path, no capital, no ending."""
    return len(name) <= 80 and bool(_NAME.fullmatch(name))


def get_own_folder() -> Path:
    """Where this register's own reports lie."""
    return config.get_current_register().laboratory_folder


def read_report(folder: Path, name: str) -> ExperimentReport:
    """The report of an experiment in a folder; raises BadFile."""
    report = _parse_report(_read_plain_file(folder / f"{name}.json", MOST_BYTES))
    if report.experiment.experiment != name:
        raise BadFile(_("It is the report of another experiment."), where=name)
    return report


@lru_cache(maxsize=64)
def _parse_report(content: bytes) -> ExperimentReport:
    try:
        return ExperimentReport.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))[:80]
        raise BadFile(_("It is no report, or is not whole."), where=place) from None


def _read_plain_file(file: Path, most: int) -> bytes:
    """A file's content; raises BadFile for a link, a folder, a pipe, or more bytes than that."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise BadFile(_("It cannot be opened, or is a link.")) from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise BadFile(_("It is no plain file."))
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            content = stream.read(most + 1)
    finally:
        os.close(descriptor)
    if len(content) > most:
        raise BadFile(_("It is larger than a report is."))
    return content


def find_report_page(name: str, report: ExperimentReport) -> bytes | None:
    """The same report as one HTML file, where it lies in the register's own folder and cannot do anything.

    Its first element forbids it every script and request, whatever follows; it leads nowhere, and is of the same run.
    """
    try:
        page = _read_plain_file(get_own_folder() / f"{name}.html", MOST_PAGE_BYTES)
    except BadFile:
        return None
    start = _PAGE_START.match(page)
    digests = [digest.sha256.encode() for digest in report.digests]
    is_harmless = start is not None and not _LEADS_AWAY.search(page, start.end())
    return page if is_harmless and all(digest in page for digest in digests) else None
