"""The sample city with every format of results, made once, for programs that are not ours."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "data-samples" / "city.toml"
PARCELS = ("331002000001GB00003", "331002000003GB00001")


def plotratio(*arguments: object) -> None:
    """Run the program that `PLOTRATIO` names."""
    subprocess.run([os.environ["PLOTRATIO"], *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """The folder of a scan in Chinese, in every format."""
    out = tmp_path_factory.mktemp("scan") / "结果"
    formats = "geojson,csv,gpkg,fgb,parquet,kml,xlsx,html"
    plotratio("scan", CITY, "-o", out, "--format", formats, "--lang", "zh", "--csv-bom", "no")
    plotratio("dossier", out, "--parcel", *PARCELS, "-o", out / "dossier", "--lang", "zh")
    return out


@pytest.fixture(scope="session")
def proposals(tmp_path_factory):
    """The folder of splits of one parcel, as workbook and map."""
    out = tmp_path_factory.mktemp("propose") / "分割"
    formats = "csv,gpkg,geojson,xlsx"
    plotratio("propose", "split", "--parcel", *PARCELS, CITY, "-o", out, "--format", formats, "--lang", "zh")
    return out
