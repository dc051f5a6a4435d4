"""Published figures: each with its unit, its source and how surely it is known."""

from __future__ import annotations

import pytest

from goodstanding.errors import LaboratoryError
from goodstanding.lab.published_figures import load_figures


def test_a_figure_has_its_values_unit_mark_and_place() -> None:
    """One number, or a row of them; the line is that of the file."""
    figure = load_figures("uk").get_figure("nation.income.median_2022")
    assert (figure.value, figure.mark) == (32_400, "D")
    assert figure.unit.startswith("GBP")
    assert figure.where.startswith("lab/marginals/uk.yaml, line ")
    assert load_figures("china").get_figure("nation.income.quintiles_all_2023").values[4] == 95_055


def test_a_cell_of_a_table_can_have_a_mark_of_its_own() -> None:
    """Incomes of 2020 are from memory, but for five provinces that were read."""
    column = load_figures("china").get_column("provinces", "income_2020")
    assert len(column) == 31
    assert {region for region, figure in column.items() if figure.mark != "M"} == {"BJ", "SH", "ZJ", "JS", "GD"}


@pytest.mark.parametrize("country", ["china", "uk"])
def test_what_was_not_found_is_refused_where_it_stands(country: str) -> None:
    """Every figure that the file lists as missing."""
    figures = load_figures(country)
    for path in figures.file.content["missing"]:
        with pytest.raises(LaboratoryError, match=r"looked for and not found \(mark X\)") as refused:
            figures.get_figure(path)
        assert f"{country}.yaml, line" in str(refused.value.where)


@pytest.mark.parametrize("country", ["china", "uk"])
def test_what_is_from_memory_is_marked_so(country: str) -> None:
    """Every figure that the file lists as recalled; columns of tables are among them."""
    figures = load_figures(country)
    for path in figures.file.content["memory_only"]:
        table, _columns, column = path.partition(".columns.")
        found_figures = figures.get_column(table, column).values() if column else [figures.get_figure(path)]
        assert "M" in {figure.mark for figure in found_figures}


def test_an_unknown_figure_or_column_is_refused_with_the_nearest() -> None:
    """The paths and columns that are most alike."""
    figures = load_figures("china")
    with pytest.raises(LaboratoryError, match="no figure") as refused:
        figures.get_column("provinces", "urban_percent")
    assert refused.value.remedy == "urban_pct"
