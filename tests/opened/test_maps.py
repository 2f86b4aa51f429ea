"""Maps as GDAL and GEOS read them: every feature, valid shapes, the same areas, names that QGIS shows."""

import json
import sqlite3

import pyogrio
import pytest
import shapely

from tables import rows

LAYERS = ("parcels", "scattered", "idle", "open_land")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("ending", ["gpkg", "fgb", "geojson", "kml"])
def test_every_feature_is_there_and_valid(run, layer, ending):
    read = pyogrio.read_dataframe(run / f"{layer}.{ending}")
    assert len(read) == len(rows(run / f"{layer}.csv"))
    assert read.geometry.is_valid.all()
    assert read.crs.to_epsg() == (4326 if ending in ("geojson", "kml") else 4549)


def test_areas_on_the_plane_are_those_of_the_table(run):
    read = pyogrio.read_dataframe(run / "city.gpkg", layer="parcels")
    assert (read.geometry.area - read["area_plane_m2"]).abs().max() < 0.01
    back = pyogrio.read_dataframe(run / "parcels.geojson").to_crs(4549)
    # seven decimals of a degree are about a centimetre
    assert ((back.geometry.area - back["area_plane_m2"]).abs() < 0.01 * back.geometry.length).all()


def test_geojson_is_rfc_7946(run):
    read = json.loads((run / "parcels.geojson").read_text(encoding="utf-8"))
    assert "crs" not in read
    assert all(feature["id"] for feature in read["features"])
    for feature in read["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        for part in getattr(shape, "geoms", [shape]):
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)


def test_kml_names_its_parcels(run):
    read = pyogrio.read_dataframe(run / "parcels.kml")
    assert read["Name"].notna().all()


def test_a_geopackage_bears_styles_and_chinese_names(run):
    with sqlite3.connect(run / "city.gpkg") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not file.execute("PRAGMA foreign_key_check").fetchall()
        styled = {name for (name,) in file.execute("SELECT f_table_name FROM layer_styles")}
        named = dict(file.execute("SELECT column_name, name FROM gpkg_data_columns WHERE table_name = 'parcels'"))
    assert set(LAYERS) <= styled
    assert named["plot_ratio"] == "容积率"


def test_proposed_lots_are_maps_too(proposals):
    read = pyogrio.read_dataframe(proposals / "proposals.gpkg")
    assert len(read) == len(rows(proposals / "proposals.csv")) > 0
    assert read.geometry.is_valid.all()
