"""The rules of the province: lawful catalogues of the library, with its own authorities and its own company numbers."""

from __future__ import annotations

import csv
import io
import re

from goodstanding.catalogue import Catalogue, load_files, load_library
from goodstanding.cli.demonstration.imaginary_year.province import AUTHORITIES, BUYERS, COURTS, FOOD_OFFICES

MARKET = "cn-serious-violations"  # names no made-up source by itself
CATALOGUES = (BUYERS, FOOD_OFFICES, COURTS, MARKET)
EXAMPLE_REGULATOR = "cn-market-example"
_REGULATOR_ROW = (EXAMPLE_REGULATOR, "示例 Example market regulator (made up)", "market-regulator", "China", "")
SCHEME = "aldermark-company"
_VERSION = re.compile(r"^version: (\d+)$", re.MULTILINE)
_IDENTIFIERS = f"""
identifiers:
  {SCHEME}:
    title: Company number of Aldermark, a province that does not exist
    basis: charter art. 1
    pattern: "AM[0-9]{{7}}"
    shape: AM and 7 digits
    example: "AM0000001"
"""


def build_province_catalogues() -> list[Catalogue]:
    """The next version of each catalogue, in which the authorities of the province state records too."""
    library = load_library()
    return [_extend_catalogue(library[name]) for name in CATALOGUES]


def _extend_catalogue(catalogue: Catalogue) -> Catalogue:
    rules = _VERSION.sub(lambda match: f"version: {int(match[1]) + 1}", catalogue.files["catalogue.yaml"], count=1)
    if catalogue.name == BUYERS:
        rules += _IDENTIFIERS
    sources = _extend_sources(catalogue)
    return load_files({**catalogue.files, "catalogue.yaml": rules, "sources.csv": sources})


def _extend_sources(catalogue: Catalogue) -> str:
    names = ("id", "name", "kind", "region", "above")
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(names)
    for source in catalogue.sources:
        lines.writerow([source.id, source.name, source.kind, source.region, source.above])
    for office in AUTHORITIES:
        if office.catalogue == catalogue.name:
            lines.writerow([office.source, office.name, office.kind, office.district, office.above])
    if catalogue.name == MARKET:
        lines.writerow(_REGULATOR_ROW)
    return text.getvalue()
