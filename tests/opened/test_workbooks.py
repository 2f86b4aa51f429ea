"""Workbooks as openpyxl reads them have the numbers of the CSV, and totals that are their sums."""

import re
from collections import Counter
from itertools import takewhile

import openpyxl
import pytest

from tables import rows

#: Sheets of the workbooks that are handed in, and the table of which each lists every row.
LISTS = {
    "宗地指标表": {"宗地指标表": "parcels", "宗地全部指标": "parcels", "建筑": "buildings", "相邻关系": "adjacency"},
    "零星地块清单": {"零星地块清单": "scattered", "配置成效汇总": "totals"},
    "闲置低效用地清单": {"闲置低效用地清单": "idle", "企业用地绩效": "enterprises", "线索": "clues"},
    "零增地技改项目清单": {"全部工业宗地反算": "upgrades", "零星地块配置": "allocation"},
}
HEADINGS = 3


def test_plain_workbooks_have_every_cell_of_the_csv(run):
    books = [path for path in run.glob("*.xlsx") if path.with_suffix(".csv").exists()]
    assert len(books) >= 10
    for path in books:
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        names, *read = sheet.iter_rows(values_only=True)
        written = rows(path.with_suffix(".csv"))
        assert len(read) == len(written), path.name
        for cells, row in zip(read, written, strict=True):
            for name, cell in zip(names, cells, strict=True):
                text = row[name]
                assert (text == "") if cell is None else same(cell, text), (path.name, name, cell, text)


@pytest.mark.parametrize("book", LISTS)
def test_every_column_of_numbers_is_one_of_the_csv(run, book):
    workbook = openpyxl.load_workbook(run / f"{book}.xlsx", data_only=True)
    for name, table in LISTS[book].items():
        written = rows(run / f"{table}.csv")
        listed = read_list(workbook[name])
        assert len(listed) == len(written), name
        theirs = [numbers(column) for column in zip(*(row.values() for row in written), strict=True)]
        ours = [numbers(column) for column in list(zip(*listed, strict=True))[1:]]
        found = [column in theirs for column in ours if column]
        assert len(found) >= 2, name
        assert all(found), (name, headings(workbook[name]), found)


def test_totals_are_formulas_of_their_columns(run):
    for book in LISTS:
        formulas = openpyxl.load_workbook(run / f"{book}.xlsx").worksheets[0]
        values = openpyxl.load_workbook(run / f"{book}.xlsx", data_only=True).worksheets[0]
        totals = [cell for row in formulas for cell in row if str(cell.value).startswith("=SUBTOTAL")]
        assert totals, book
        for cell in totals:
            first, last = map(int, re.findall(r":?[A-Z]+(\d+)", cell.value))
            column = cell.column
            listed = [values.cell(row, column).value or 0 for row in range(first, last + 1)]
            assert values.cell(cell.row, column).value == pytest.approx(sum(listed), abs=1e-6), (book, cell.coordinate)


def test_proposals_are_listed_as_they_are_written(proposals):
    sheet = openpyxl.load_workbook(proposals / "分割合并方案.xlsx", data_only=True).worksheets[0]
    at = headings(sheet).index("面积（平方米）")
    areas = sorted(row[at] for row in read_list(sheet))
    assert areas == sorted(float(row["area_m2"]) for row in rows(proposals / "proposals.csv"))


def headings(sheet):
    return [cell.value for cell in sheet[HEADINGS]]


def read_list(sheet):
    """The numbered rows of a list."""
    below = sheet.iter_rows(min_row=HEADINGS + 1, values_only=True)
    return list(takewhile(lambda cells: isinstance(cells[0], int | float), below))


def numbers(column):
    """How often each number stands in a column, if it is one of numbers."""
    given = [cell for cell in column if cell not in (None, "")]
    try:
        return Counter(round(float(cell), 6) for cell in given)
    except (TypeError, ValueError):
        return Counter()


def same(cell, text):
    return float(text) == cell if isinstance(cell, int | float) else str(cell) == text
