"""A lake scanned in parts, by every engine that is installed, has the bytes of one run."""

import filecmp

import pytest

import plotratio


@pytest.fixture(scope="module")
def lake(city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ingested") / "lake"
    return plotratio.ingest({**city, "policy": "taizhou-2021", "as_of": "2022-06-01"}, folder)


@pytest.mark.parametrize("engine", ["local", "dask", "ray", "spark"])
def test_parts_have_the_bytes_of_one_run(lake, engine, tmp_path, of_command_line):
    pytest.importorskip({"local": "os", "dask": "distributed", "spark": "pyspark"}.get(engine, engine))
    with plotratio.run(lake, tmp_path / "results", engine, parcels=90, workers=2, format="csv") as results:
        names = sorted(path.name for path in of_command_line.iterdir())
        assert sorted(path.name for path in results.folder.iterdir()) == names
        _, different, missing = filecmp.cmpfiles(results.folder, of_command_line, names, shallow=False)
        assert (different, missing) == ([], [])


def test_a_lake_that_is_there_is_not_written_over(lake, city):
    with pytest.raises(plotratio.Error, match="overwrite"):
        plotratio.ingest({"parcels": city["parcels"]}, lake)
