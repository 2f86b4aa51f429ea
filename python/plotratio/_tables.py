"""A file of results → an Arrow table with the types that its columns promise."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv as arrow_csv

#: Measures, by their names: they end in a unit or say that they are a share.
_MEASURES = re.compile(
    r".*_(m2|m|mu|wan|ratio|density|share|at_least|at_most|gain|after|lost|plain)"
    r"|.*_wan\.\d{4}"
    r"|share|share_of_site|compactness|progress|score|storeys|x|y"
)
#: Counts, by their names.
_COUNTS = re.compile(
    r".*_(row|count|parcels|left_out)|row_[ab]|parcel_row_[ab]|rank|lot|lots|rows|runs|bends|days_over|changes"
    r"|contracts|repeats_row|figures_refused"
)
#: What is a count in sums and a list of ids elsewhere.
_COUNTS_OF = {
    "totals": re.compile(r"pieces.*|sites.*"),
    "survey_totals": re.compile("parcels"),
    "ladder": re.compile("removed|unknown|left"),
}


def read(path: Path) -> pa.Table:
    """Read the table; geometry is WKB, marked as `geoarrow.wkb` with its CRS."""
    return _parquet(path) if path.suffix == ".parquet" else _csv(path)


def _parquet(path: Path) -> pa.Table:
    table = pq.read_table(path)
    geo = json.loads((table.schema.metadata or {}).get(b"geo", b"null"))
    if geo is None:
        return table
    name = geo["primary_column"]
    said = geo["columns"][name]
    if covering := said.get("covering"):
        table = table.drop_columns([covering["bbox"]["xmin"][0]])
    metadata = {
        "ARROW:extension:name": "geoarrow.wkb",
        "ARROW:extension:metadata": json.dumps({"crs": said.get("crs")}),
    }
    at = table.schema.get_field_index(name)
    field = table.schema.field(at).with_metadata(metadata)
    return table.set_column(at, field, table.column(at)).replace_schema_metadata(None)


def _csv(path: Path) -> pa.Table:
    """Ids stay text, whatever they look like; an empty cell is null."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file), [])
    as_text = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    quoted = arrow_csv.ParseOptions(newlines_in_values=True)
    table = arrow_csv.read_csv(path, parse_options=quoted, convert_options=as_text)
    columns = [_typed(path.stem, name, table.column(name)) for name in table.column_names]
    return pa.table(columns, names=table.column_names)


def _typed(table: str, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of numbers as numbers; one that holds lists or words in this table stays text."""
    counts = _COUNTS_OF.get(table)
    if _COUNTS.fullmatch(name) or (counts and counts.fullmatch(name)):
        wanted = pa.int64()
    elif _MEASURES.fullmatch(name):
        wanted = pa.float64()
    else:
        return column
    try:
        return column.cast(wanted)
    except pa.ArrowInvalid:
        return column
