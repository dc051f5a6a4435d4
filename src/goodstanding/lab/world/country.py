"""A country's file: which figures its people and firms are drawn from, and what is assumed beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files as package_files

from goodstanding.catalogue.primitives import Name, StrictModel
from goodstanding.errors import LaboratoryError
from goodstanding.lab.parameters import Parameter, Ratio, list_parameters
from goodstanding.lab.published_figures import PublishedFigures, load_figures, refuse_if_uncited
from goodstanding.lab.strict_files import StrictFile, read_packaged_file
from goodstanding.messages import LaboratoryMessage, Message

REST = "rest"


class RegionTable(StrictModel):
    """The table of figures that has a row for each region, and its column of residents."""

    table: Name
    count: Name


class Trait(StrictModel):
    """A trait with its levels: equal parts by definition, or each a figure, a column, a parameter or `rest`.

    Where `whole` is given, the levels sum to it; else they are counts of one kind, and their shares are taken.
    """

    equal: tuple[str, ...] = ()
    levels: dict[str, str | Parameter] = {}
    whole: float | str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The levels, in order."""
        return self.equal or tuple(self.levels)


class Pair(StrictModel):
    """Two traits of which no joint table was found: how many times as frequent their levels are together."""

    trait: Name
    by: Name
    ratio: dict[str, dict[str, Ratio]]


class PersonMeans(StrictModel):
    """What persons live on: incomes by fifth, money at hand, debts, and who cannot pay theirs."""

    incomes: str | tuple[str | Parameter, ...]
    lowest: Ratio
    highest: Ratio
    buffer: Parameter
    debtors: Parameter
    further: Parameter
    owed: Parameter
    cannot_pay: Parameter
    cannot_ratio: dict[str, Ratio] = {}


class FirmMeans(StrictModel):
    """What firms live on: a margin, and how far it is spread either way."""

    margin: Parameter
    spread: Parameter


class PersonPlan(StrictModel):
    """How persons are drawn: regions, traits, pairs of traits, means and flags that an adult has or has not.

    `region_income` names a column of mean incomes: the fifths of a region are tilted by its ratio to the mean of all,
    to the power of the fifth's place from the middle. `households` are those of one person, of two and so on.
    """

    regions: RegionTable | None = None
    traits: dict[Name, Trait]
    pairs: tuple[Pair, ...] = ()
    region_income: Name | None = None
    households: tuple[str | Parameter, ...]
    means: PersonMeans
    flags: dict[Name, Parameter] = {}


class FirmPlan(StrictModel):
    """How firms are drawn: traits, pairs of traits, means and flags."""

    regions: RegionTable | None = None
    traits: dict[Name, Trait]
    pairs: tuple[Pair, ...] = ()
    region_income: None = None
    means: FirmMeans
    flags: dict[Name, Parameter] = {}


class CountryPlan(StrictModel):
    """What a country's file says."""

    title: str
    figures: Name | None = None
    currency: str
    persons: PersonPlan
    firms: FirmPlan


@dataclass(frozen=True, slots=True)
class Country:
    """A country's plan, its file, and the published figures that it names."""

    name: str
    plan: CountryPlan
    file: StrictFile
    figures: PublishedFigures | None


def parse_country(name: str, file: StrictFile) -> Country:
    """The country of a file; raises CatalogueError with file and line of whatever is wrong."""
    plan = file.parse_model(CountryPlan)
    refuse_if_uncited(file, list_parameters(plan))
    return Country(name, plan, file, load_figures(plan.figures) if plan.figures else None)


@cache
def load_country(name: str) -> Country:
    """A country that comes with the laboratory: `china`, `uk` or `fictional`."""
    names = sorted(
        file.name.removesuffix(".yaml") for file in (package_files("goodstanding.lab") / "countries").iterdir()
    )
    if name not in names:
        unknown = Message(LaboratoryMessage.COUNTRY_UNKNOWN, {"name": repr(name)})
        raise LaboratoryError(unknown, remedy=", ".join(names))
    return parse_country(name, read_packaged_file(f"countries/{name}.yaml"))
