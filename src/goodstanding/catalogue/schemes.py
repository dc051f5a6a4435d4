"""How grades are worked out: from the newest finding, from running points, or from a scorecard."""

from __future__ import annotations

from typing import Literal

from goodstanding.catalogue.primitives import Audience, Code, Expression, LegalRule, Length, Name


class Band(LegalRule):
    """A grade and when it is given; bands are read from the top, the first that fits is the grade."""

    basis: str = ""
    grade: Code
    title: str = ""
    at_most: int | None = None
    at_least: int | None = None
    when: Expression | None = None


class UngradedRule(LegalRule):
    """When a record gives no grade, and the reason that is shown instead."""

    when: Expression
    reason: str


class Discretion(LegalRule):
    """A grade that the source may post instead of the worked-out one, when the condition holds."""

    grade: Code
    when: Expression


class DirectGrade(LegalRule):
    """A grade given whatever the points say: a veto, or direct grading.

    In a scheme of points it holds while a finding for which `when` holds counts; elsewhere for the finding graded.
    """

    grade: Code
    when: Expression
    counts_for: Length | None = None


class StartingPoints(LegalRule):
    """What the score begins with, where that depends on a condition; the first that holds counts."""

    when: Expression
    points: int


class PointsFade(LegalRule):
    """From how long after the finding an item counts for how many points: a step of a staircase towards zero."""

    basis: str = ""
    after: Length
    points: int


class ConductItem(LegalRule):
    """Conduct that counts: its points, for how long, how they fade, and the most it may count for in a period.

    `points` is a number, or an expression over the record's fields such as `-10 * months`.
    """

    title: str
    when: Expression
    points: int | Expression
    counts_for: Length | None = None
    fades: tuple[PointsFade, ...] = ()
    at_most: int | None = None
    per: Literal["month", "quarter", "year", "ever"] = "year"


class Bonus(LegalRule):
    """Points for clean time, while the named record is on file."""

    after: Length
    points: int
    needs: Name | None = None


class Attribute(LegalRule):
    """One range or value of a characteristic and what it scores; the first that holds counts."""

    basis: str = ""
    when: Expression
    points: int


class Characteristic(LegalRule):
    """One thing a scorecard looks at: its weight in hundredths, its attributes, and the reason given when it costs."""

    title: str
    weight: int = 100
    reason: str
    attributes: tuple[Attribute, ...]


class GradingScheme(LegalRule):
    """How a grade is worked out.

    `latest` scores the newest finding by an expression, or the mean of the findings of a time (`over`), rounded down;
    without a score grades have no number, and each band says by a condition when it is given. `points` adds up items;
    `scorecard` adds up the weighted attributes of the newest record and names what cost most.
    `public_grades` are those that anybody sees of a scheme whose other grades are for the parties.
    """

    title: str
    kind: Literal["latest", "points", "scorecard"]
    record: Name
    counts_when: Expression | None = None
    score: Expression | None = None
    over: Length | None = None
    starts: tuple[StartingPoints, ...] = ()
    ungraded: tuple[UngradedRule, ...] = ()
    direct: tuple[DirectGrade, ...] = ()
    discretion: tuple[Discretion, ...] = ()
    unproven: bool = False
    base: int | None = None
    floor: int | None = None
    cap: int | None = None
    starts_with: Name | None = None
    items: dict[Name, ConductItem] = {}
    bonus: tuple[Bonus, ...] = ()
    characteristics: dict[Name, Characteristic] = {}
    bands: tuple[Band, ...]
    of: str = ""
    lapses: Length | None = None
    kept: bool = True
    asked_by: Literal["anybody", "subject"] = "anybody"
    procedure: Name | None = None
    audience: Audience = "anybody"
    public_grades: tuple[Code, ...] = ()

    @property
    def parts(self) -> tuple[LegalRule, ...]:
        """The rules without which there is no grade: where points begin, what is weighed, and the limits of grades."""
        attributes = (attribute for weighed in self.characteristics.values() for attribute in weighed.attributes)
        return (*self.starts, *self.characteristics.values(), *attributes, *self.bands)

    @property
    def has_numbers(self) -> bool:
        """Whether a grade follows from a number; else from conditions alone."""
        return self.kind != "latest" or self.score is not None

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade there is, once: those of the bands, and those that are only given directly."""
        return tuple(dict.fromkeys([*(band.grade for band in self.bands), *(rule.grade for rule in self.direct)]))
