"""A scan from Python has the figures of the command line, whatever the layers are handed over as."""

import filecmp
import logging
from datetime import date

import pytest
from conftest import ROOT
from conftest import plotratio as command_line

import plotratio

AS_OF = date(2022, 6, 1)


def same_files(ours, theirs):
    names = sorted(path.name for path in theirs.iterdir() if path.suffix in (".csv", ".parquet"))
    _, different, missing = filecmp.cmpfiles(ours, theirs, names, shallow=False)
    return sorted(different + missing)


def test_paths_give_the_same_bytes(city, of_command_line):
    with plotratio.scan(**city, policy="taizhou-2021", as_of=AS_OF, format="csv") as results:
        assert same_files(results.folder, of_command_line) == []
        theirs = (of_command_line / "summary.json").read_bytes()
        assert (results.folder / "summary.json").read_bytes() == theirs
    assert not results.folder.exists()


def test_arrow_gives_the_same_bytes(city, of_command_line):
    pyogrio = pytest.importorskip("pyogrio")
    maps = {name: pyogrio.read_arrow(path)[1] for name, path in city.items() if path.suffix == ".gpkg"}
    with plotratio.scan(**(city | maps), as_of=AS_OF, format="csv") as results:
        assert same_files(results.folder, of_command_line) == []


def test_geodataframes_give_what_their_files_give(city, tmp_path):
    geopandas = pytest.importorskip("geopandas")
    parcels, buildings = (geopandas.read_file(city[name], on_invalid="ignore") for name in ("parcels", "buildings"))
    parcels.to_parquet(tmp_path / "parcels.parquet")
    buildings.to_parquet(tmp_path / "buildings.parquet")
    command_line(
        "scan",
        "--parcels",
        tmp_path / "parcels.parquet",
        "--buildings",
        tmp_path / "buildings.parquet",
        "--as-of",
        AS_OF,
        "--format",
        "csv,parquet",
        "-o",
        tmp_path / "results",
    )
    with plotratio.scan(parcels, buildings, as_of=AS_OF, format="csv") as results:
        assert same_files(results.folder, tmp_path / "results") == []


def test_a_city_file_holds_where_nothing_is_given(of_command_line):
    with plotratio.scan(city=ROOT / "data-samples" / "city.toml", format="csv") as results:
        assert same_files(results.folder, of_command_line) == []


def test_a_folder_that_is_named_stays_and_is_not_written_over(city, tmp_path):
    out = tmp_path / "结果"
    with plotratio.scan(city["parcels"], out=out, only="measures") as results:
        assert results.summary["totals"]["parcels"] == 297
    assert (out / "parcels.parquet").is_file()
    with pytest.raises(plotratio.Error, match="overwrite") as raised:
        plotratio.scan(city["parcels"], out=out)
    assert raised.value.exit_code == 2
    plotratio.scan(city["parcels"], out=out, only="measures", overwrite=True)


def test_options_of_every_shape(city):
    with plotratio.scan(
        city["parcels"],
        city["buildings"],
        map={"parcels": {"id": "ZDDM"}},
        where={"buildings": "1 = 0"},
        layer_crs={"parcels": "EPSG:4549"},
        reading={"building_assignment": "largest"},
        inefficient=["tax", "plan"],
        only=["measures", "idle"],
        area="plane",
        tolerance=0.01,
        without_owners=True,
        csv_bom=True,
        threads=1,
        lang="en",
    ) as results:
        summary = results.summary
    assert summary["area"] == "plane"
    assert summary["tolerance_m"] == 0.01
    assert summary["layers"]["buildings"]["left_out_by_where"] == 844
    assert summary["readings"]["building_assignment"] == "largest"
    assert "owner" not in results["parcels"].column_names if results.folder.exists() else True


def test_an_option_that_is_not_there(city):
    with pytest.raises(TypeError, match="`colour`"):
        plotratio.scan(city["parcels"], colour="red")


def test_what_a_reader_must_know_goes_to_the_log(city, caplog):
    with caplog.at_level(logging.INFO, "plotratio"):
        plotratio.scan(city["parcels"], only="measures").close()
    warnings = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert any("has no geometry (2)" in message for message in warnings)
    assert any(record.levelno == logging.INFO for record in caplog.records)


def test_a_source_that_is_not_there_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with pytest.raises(plotratio.Error, match=r"nowhere\.gpkg` does not exist"):
        plotratio.scan(tmp_path / "nowhere.gpkg")
    assert list(tmp_path.iterdir()) == []


def test_progress_is_that_of_the_program(city):
    told = []
    plotratio.scan(city["parcels"], only="measures", progress=lambda *step: told.append(step)).close()
    assert len({step for step, _, _ in told}) > 1
    assert any(done == total for _, done, total in told)
