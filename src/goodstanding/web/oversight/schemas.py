"""How the authorities are doing: figures with their denominators, as tables, and charts of the same figures."""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.web.schemas.page_frame import FrozenSchema, PageLink, PagingSchema, RegisterResponse
from goodstanding.web.schemas.people import PersonName


class TableCell(FrozenSchema):
    """One figure of a table and how the page writes it; `hidden` where it is left out to protect those it is about.

    `address` is where the cases are that it counts; empty for the public.
    """

    value: int | float | str | None
    text: str
    hidden: bool
    address: str = ""


class TableColumn(FrozenSchema):
    """One column: its name for programs, its title for people, and whether it holds figures."""

    name: str
    title: str
    figures: bool


class TableRow(FrozenSchema):
    """One line of a table: what it is of, and its figures in the order of the columns."""

    name: str
    title: str
    cells: list[TableCell]
    kind: str


class FigureTable(FrozenSchema):
    """A table; `left_out` says whether a figure in it is, `more` how many lines only its CSV has."""

    name: str
    title: str
    first: str
    columns: list[TableColumn]
    rows: list[TableRow]
    more: int
    left_out: bool
    address: str


class ChartPicture(FrozenSchema):
    """A chart of a table's figures: its addresses for wide screens and phones, and what it shows, in words."""

    wide: str
    narrow: str
    alt: str


class OversightFinding(FrozenSchema):
    """What is the matter, in a sentence with its figure; a chart where there is one; and the tables it rests on."""

    name: str
    finding: str
    about: str
    picture: ChartPicture | None
    tables: list[FigureTable]
    notes: list[str]


class OversightSection(FrozenSchema):
    """One measure: what it is, what it is for, and what was found; `empty` where there is nothing to say, and why."""

    name: str
    title: str
    says: str
    findings: list[OversightFinding]
    empty: str


class SummaryFigure(FrozenSchema):
    """One of the few figures that a page begins with, of how many, and how it was a year before."""

    title: str
    figure: str
    of: str
    says: str


class AnomalySignSchema(FrozenSchema):
    """Something an official did more than peers of the same role do."""

    sign: str
    value: int
    says: str


class UnusualOfficial(FrozenSchema):
    """An official whose reading of files is unusual."""

    name: PersonName
    role: str
    scope: str
    looks: int
    files: int
    signs: list[AnomalySignSchema]


class SimilarReasons(FrozenSchema):
    """Decisions whose reasons are the same, or nearly: how the first reads, and its cases."""

    source: str
    source_title: str
    act: str
    text: str
    decisions: int
    cases: list[PageLink]


class OversightPage(RegisterResponse):
    """How the authorities did from one day to another; `at` is the day on which that was looked at."""

    whole: bool
    first_day: date
    last_day: date
    at: date
    kicker: str
    lead: str
    because: str
    years: list[PageLink]
    glance: list[SummaryFigure]
    sections: list[OversightSection]
    officials: list[UnusualOfficial] | None
    clusters: list[SimilarReasons] | None


class FigureCaseLine(FrozenSchema):
    """A case that a figure counts: its number, and where it is on the last day looked at; empty once it is over."""

    number: int
    case: PageLink
    list_title: str
    source: str
    source_title: str
    opened: date
    phase: str


class FigureCasesPage(RegisterResponse):
    """The cases behind a figure of the overseer's page."""

    title: str
    counted: list[str]
    first_day: date
    last_day: date
    because: str
    cases: list[FigureCaseLine]
    figures_address: str
    paging: PagingSchema


class ReportOrigin(FrozenSchema):
    """What a report was made from: the ledger's size, when its checkpoint was signed, and the checkpoint itself."""

    register_name: str
    ledger_size: int
    signed_at: datetime | None
    checkpoint: str


class AnnualReport(FrozenSchema):
    """The report of charter article 23 on a year: on the authorities, and on the register itself."""

    year: int
    over: bool
    first_day: date
    last_day: date
    made: ReportOrigin
    glance: list[SummaryFigure]
    sections: list[OversightSection]


class LabelledFact(FrozenSchema):
    """A labelled fact."""

    label: str
    text: str


class SourceFigures(FrozenSchema):
    """How a source did in the last year that is over, as facts; small counts are left out."""

    source: str
    name: str
    facts: list[LabelledFact]
