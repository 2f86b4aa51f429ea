"""The folder of a run as tables: their types, their rows, when they are read."""

import csv
import gc

import pyarrow as pa
import pytest

import plotratio


def test_every_cell_of_every_table_is_that_of_the_csv(of_command_line):
    results = plotratio.Results(of_command_line)
    assert {"parcels", "buildings", "adjacency", "findings", "scattered", "upgrades", "idle"} <= set(results)
    assert len(results) == len(list(results))
    for name in results:
        written = of_command_line / f"{name}.csv"
        if not written.exists():
            continue
        with written.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        table = results[name]
        assert table.num_rows == len(rows)
        for column in (rows or [{}])[0]:
            for cell, row in zip(table[column].to_pylist(), rows, strict=True):
                assert (row[column] == "") if cell is None else (type(cell)(row[column]) == cell), (name, column)


def test_columns_have_the_types_of_the_program_s_own_parquet(of_command_line):
    """Where a table is written both ways the names of its columns say what Parquet says."""
    results = plotratio.Results(of_command_line)
    twice = [path.stem for path in of_command_line.glob("*.parquet") if path.with_suffix(".csv").exists()]
    assert {"parcels", "scattered", "idle"} <= set(twice)
    for name in twice:
        typed = results[name].drop_columns("geometry")
        by_names = plotratio._tables.read(of_command_line / f"{name}.csv")
        filled = [field.name for field in typed.schema if typed[field.name].null_count < typed.num_rows]
        assert by_names.select(filled).schema.remove_metadata() == typed.select(filled).schema.remove_metadata()


def test_ids_stay_text(of_command_line, tmp_path):
    (tmp_path / "summary.json").write_text("{}")
    (tmp_path / "adjacency.csv").write_text('parcel_a,parcel_b,shared_m\n007,"1,2",0.500\n010,,\n')
    table = plotratio.Results(tmp_path)["adjacency"]
    assert table.to_pydict() == {"parcel_a": ["007", "010"], "parcel_b": ["1,2", None], "shared_m": [0.5, None]}
    (tmp_path / "totals.csv").write_text("group,pieces\n")
    assert plotratio.Results(tmp_path)["totals"].schema == pa.schema([("group", pa.string()), ("pieces", pa.int64())])


def test_a_map_is_a_geodataframe_in_the_computing_crs(of_command_line):
    pytest.importorskip("geopandas")
    parcels = plotratio.Results(of_command_line).to_geopandas("parcels")
    assert parcels.crs.to_epsg() == 4549
    assert parcels.geometry.area.sum() == pytest.approx(parcels["area_plane_m2"].sum(), abs=2)


def test_a_table_is_read_once_and_what_is_not_there_is_a_key_error(of_command_line):
    results = plotratio.Results(of_command_line)
    assert results["parcels"] is results["parcels"]
    assert "nothing" not in results
    with pytest.raises(KeyError):
        results["nothing"]
    with pytest.raises(FileNotFoundError, match=r"summary\.json"):
        plotratio.Results(of_command_line / "nowhere")


def test_our_folder_goes_with_the_results(city):
    results = plotratio.scan(city["parcels"], only="measures")
    folder = results.folder
    assert folder.exists()
    del results
    gc.collect()
    assert not folder.parent.exists()
