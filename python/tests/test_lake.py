"""Parts by engines: the four commands in their order, open parts again, faults told."""

import json

import pytest

import plotratio


def in_turn(task, parts, workers):
    return map(task, parts)


def test_parts_that_are_open_are_scanned_again_and_all_are_gathered(fake, tmp_path):
    told = []
    out = tmp_path / "results"
    with plotratio.run(
        tmp_path / "lake", out, in_turn, parcels=4, as_of="2022-06-01", progress=lambda *step: told.append(step)
    ) as results:
        assert results["parcels"]["parcel_id"].to_pylist() == ["0", "1", "2", "3"]
        assert results.summary["open"] == [False] * 4
    assert [call[0] for call in fake()] == ["partition", *["scan"] * 4, "partition", *["scan"] * 2, "partition", "gather"]
    assert [call[3].rpartition("/")[2] for call in fake()[1:5]] == [f"plan-1.parquet:{number}" for number in range(4)]
    assert fake()[1][6:] == ["--threads", "1", "--as-of", "2022-06-01"]
    assert told[-1] == ("parts, pass 2", 2, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fake", "results"]


def test_one_day_holds_for_all_parts(fake, tmp_path):
    plotratio.run(tmp_path / "lake", tmp_path / "results", in_turn, parcels=3)
    days = {call[call.index("--as-of") + 1] for call in fake() if call[0] == "scan"}
    assert len(days) == 1


def test_the_day_that_the_city_names_holds(fake, tmp_path):
    lake = tmp_path / "lake"
    lake.mkdir()
    (lake / "city.toml").write_text("as_of = 2022-06-01\n")
    plotratio.run(lake, tmp_path / "results", in_turn, parcels=3, csv_bom=False)
    assert fake()[1][6:] == ["--threads", "1", "--csv-bom", "no"]


def test_a_part_that_cannot_be_scanned_is_told_and_leaves_no_results(fake, tmp_path, monkeypatch):
    monkeypatch.setenv("FAKE_BROKEN", "[2]")
    with pytest.raises(plotratio.Error, match="part 2 is broken"):
        plotratio.run(tmp_path / "lake", tmp_path / "results", parcels=5, workers=2)
    assert [path.name for path in tmp_path.iterdir()] == ["fake"]


def test_a_folder_of_parts_that_is_named_stays(fake, tmp_path):
    plotratio.run(tmp_path / "lake", tmp_path / "results", parcels=3, parts=tmp_path / "parts")
    assert sorted(path.name for path in (tmp_path / "parts" / "parts").iterdir()) == ["0.json", "1.json", "2.json"]


@pytest.mark.parametrize(("engine", "lost"), [("local", []), ("dask", [2]), ("ray", [2]), ("spark", [2])])
def test_every_engine_scans_every_part_and_again_one_that_was_lost(engine, lost, fake, tmp_path, monkeypatch):
    pytest.importorskip({"local": "os", "dask": "distributed", "spark": "pyspark"}.get(engine, engine))
    monkeypatch.setenv("FAKE_LOST", json.dumps(lost))
    plotratio.run(tmp_path / "lake", tmp_path / "results", engine, parcels=6, workers=2).close()
    scanned = [int(call[3].rpartition(":")[2]) for call in fake() if call[0] == "scan"]
    assert sorted(scanned) == sorted([*range(6), 1, 3, 5, *lost])


def test_an_engine_that_is_not_there_says_what_to_install(fake, tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="no engine `slurm`"):
        plotratio.run(tmp_path / "lake", tmp_path / "results", "slurm")
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    monkeypatch.delitem(__import__("sys").modules, "plotratio.engines.ray", raising=False)
    with pytest.raises(ImportError, match=r"pip install 'plotratio\[ray\]'"):
        plotratio.run(tmp_path / "lake", tmp_path / "results", "ray")
