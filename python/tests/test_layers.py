"""Layers in memory: Arrow in all its forms, GeoJSON and columns as dictionaries."""

import json

import pyarrow as pa
import pytest

import plotratio
from plotratio._layers import source

SQUARES = [
    [[(0, 0), (100, 0), (100, 50), (0, 50), (0, 0)]],
    [[(100, 0), (180, 0), (180, 50), (100, 50), (100, 0)], [(120, 10), (120, 20), (130, 20), (130, 10), (120, 10)]],
]
AREAS = [5000.0, 3900.0]
X, Y = 500_000, 3_100_000


def wkb(rings):
    """A polygon as well-known binary."""
    out = bytearray(b"\x01" + (3).to_bytes(4, "little") + len(rings).to_bytes(4, "little"))
    for ring in rings:
        out += len(ring).to_bytes(4, "little")
        for x, y in ring:
            out += memoryview(__import__("struct").pack("<dd", X + x, Y + y))
    return bytes(out)


def extension(name, crs="EPSG:4549"):
    metadata = {"crs": crs} if crs else {}
    return {"ARROW:extension:name": name, "ARROW:extension:metadata": json.dumps(metadata)}


def table(geometry, type_, metadata):
    field = pa.field("geometry", type_, metadata=metadata)
    schema = pa.schema([pa.field("id", pa.large_string()), field])
    return pa.table([pa.array(["A", "B"], pa.large_string()), geometry], schema=schema)


def areas(layer, **options):
    with plotratio.scan(layer, only="measures", **options) as results:
        parcels = results["parcels"]
        assert results.summary["crs"]["code"] == "EPSG:4549"
        return dict(zip(parcels["parcel_id"].to_pylist(), parcels["area_m2"].to_pylist(), strict=True))


@pytest.mark.parametrize("type_", [pa.binary(), pa.large_binary()])
def test_wkb(type_):
    layer = table(pa.array(map(wkb, SQUARES), type_), type_, extension("geoarrow.wkb"))
    assert areas(layer) == dict(zip("AB", AREAS, strict=True))
    assert areas(layer.to_reader(max_chunksize=1)) == dict(zip("AB", AREAS, strict=True))


def separated():
    rings = [[[{"x": float(X + x), "y": float(Y + y)} for x, y in ring] for ring in square] for square in SQUARES]
    point = pa.struct([("x", pa.float64()), ("y", pa.float64())])
    return rings, point


def test_geoarrow_polygons_and_multipolygons():
    rings, point = separated()
    polygon = pa.list_(pa.list_(point))
    assert areas(table(pa.array(rings, polygon), polygon, extension("geoarrow.polygon"))) == {"A": 5000.0, "B": 3900.0}
    multi = pa.large_list(pa.list_(pa.list_(point)))
    layer = table(pa.array([[square] for square in rings], multi), multi, extension("geoarrow.multipolygon"))
    assert areas(layer) == {"A": 5000.0, "B": 3900.0}


def test_geoarrow_that_is_interleaved_is_refused_with_what_to_do():
    kind = pa.list_(pa.list_(pa.list_(pa.float64(), 2)))
    rings = [[[[X + x, Y + y] for x, y in ring] for ring in square] for square in SQUARES]
    with pytest.raises(TypeError, match="separated ones, or as WKB"):
        areas(table(pa.array(rings, kind), kind, extension("geoarrow.polygon")))


def test_a_crs_that_nobody_says_is_asked_for():
    layer = table(pa.array(map(wkb, SQUARES)), pa.binary(), extension("geoarrow.wkb", crs=None))
    with pytest.raises(plotratio.Error, match=r"layer-crs|--crs"):
        areas(layer, crs="EPSG:4490")
    assert areas(layer, layer_crs={"parcels": "EPSG:4549"}) == {"A": 5000.0, "B": 3900.0}


def test_columns_and_geojson_as_dictionaries():
    columns = {"id": ["A", "B"], "geometry": list(map(wkb, SQUARES))}
    assert areas(columns, layer_crs={"parcels": "EPSG:4549"}) == {"A": 5000.0, "B": 3900.0}
    square = [[120.0, 28.0], [120.001, 28.0], [120.001, 28.001], [120.0, 28.001], [120.0, 28.0]]
    geojson = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"id": "A"}, "geometry": {"type": "Polygon", "coordinates": [square]}}
        ],
    }
    assert areas(geojson)["A"] == pytest.approx(98.2 * 110.8, rel=0.01)


def test_results_are_layers_again(city):
    with (
        plotratio.scan(city["parcels"], only="measures") as first,
        plotratio.scan(first["parcels"], only="measures", area="plane") as again,
    ):
        assert again["parcels"]["area_plane_m2"].equals(first["parcels"]["area_plane_m2"])


def test_tables_of_others(city):
    pandas = pytest.importorskip("pandas")
    storeys = pandas.read_csv(city["storeys"])
    with plotratio.scan(city["parcels"], city["buildings"], storeys=storeys, only="measures") as results:
        assert results.summary["keys"]["storeys"]["matched"] == 801


def test_sources_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert source("parcels", "PG:host=db dbname=city:public.zd", tmp_path) == "PG:host=db dbname=city:public.zd"
    assert source("parcels", "zd.gpkg:宗地", tmp_path) == str(tmp_path / "zd.gpkg:宗地")
    with pytest.raises(TypeError, match="`parcels` is a int"):
        source("parcels", 7, tmp_path)
