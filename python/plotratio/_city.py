"""The layers and options of a city → the file CITY.toml."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypedDict

from ._layers import Layer, source
from ._toml import toml

LAYERS = (
    "parcels",
    "buildings",
    "storeys",
    "plan",
    "scattered",
    "boundary",
    "obstacles",
    "lineage",
    "before",
    "enterprises",
    "contracts",
)
#: Options that name a file, and those that the file takes as one text.
_FILES = ("decisions", "register")
_LISTS = ("inefficient", "survey_layers")

#: A case to be judged: its kind, and facts by number, as in a check file.
Case: TypeAlias = "Mapping[str, Any]"
Day: TypeAlias = "date | str"
Format: TypeAlias = Literal["geojson", "csv", "gpkg", "fgb", "parquet", "kml", "xlsx", "html"]
Task: TypeAlias = Literal["measures", "rules", "scattered", "upgrades", "idle"]


class Options(TypedDict, total=False):
    """The options of `plotratio scan`, by the names of the command line; what is not given is the program's default."""

    map: Mapping[str, Mapping[str, str]]
    """`{"parcels": {"id": "PID"}}`: the column to take for a field."""
    where: Mapping[str, str]
    """`{"buildings": "DSCS > 0"}`: the rows to read."""
    decisions: str | os.PathLike[str]
    """A `summary.json` whose guesses are to hold here too."""
    layer_crs: Mapping[str, str]
    """`{"parcels": "EPSG:4549"}`: the CRS of a layer, whatever it says."""
    transform: Mapping[str, str | Sequence[float]] | str | Sequence[float]
    """How the datum of layers lies to that of the computing CRS: seven parameters, a grid, or `none`."""
    encoding: Mapping[str, str]
    """`{"parcels": "GB18030"}`: the encoding of a layer's text."""
    crs: str
    """The plane CRS to compute in."""
    force: bool
    """Use layers as they are that seem to lie elsewhere."""
    complete: bool
    """The parcels are all land of those who hold them."""
    area: Literal["registered", "plane", "ellipsoid"]
    """The area that ratios are taken to."""
    tolerance: float
    """Boundaries nearer than this many metres are one."""
    gap: float
    """The widest gap between parcels that is listed, in metres."""
    vacant_share: float
    """Built over by less than this share, a parcel is suspected to be idle."""
    setback: float
    """Land nearer to a building than this many metres belongs to it."""
    open_mu: float
    """Open land is listed from this many 亩 on."""
    inefficient: Sequence[Literal["tax", "industry", "contract", "plan"]] | str
    """The limits below which a built parcel is inefficient."""
    survey_layers: Sequence[Literal["gpkg", "gdb"]] | str
    """Formats in which to write DCDYTB and DCQTB too."""
    register: str | os.PathLike[str]
    """The `register.csv` of the run before."""
    policy: str | os.PathLike[str]
    """A known policy, or a pack's TOML file."""
    as_of: Day
    """The day as of which to judge; today where not given."""
    reading: Mapping[str, str]
    """`{"far_site": "original"}`: readings of what the law leaves open."""
    group_by: str
    """The column of the parcels to sum up by."""
    format: Sequence[Format] | Format
    """Formats to write; Parquet, of which the tables are read, is always among them."""
    only: Sequence[Task] | Task
    """Do no more than this."""
    without_owners: bool
    """Leave out who holds the land."""
    csv_bom: bool
    """Begin CSV files with a byte order mark."""
    viewer: Literal["amap"]
    """Also write copies of the maps in shifted coordinates."""
    threads: int
    """Threads to work with; all where not given."""


class City(Options, total=False):
    """A whole city: its layers beside the options."""

    parcels: Layer
    buildings: Layer
    storeys: Layer
    plan: Layer
    scattered: Layer
    boundary: Layer
    obstacles: Layer
    lineage: Layer
    before: Layer
    enterprises: Layer
    contracts: Layer


def city_file(city: Mapping[str, Any] | str | os.PathLike[str], folder: Path) -> Path:
    """Write CITY.toml and the layers that are only in memory into the folder; a path is that of such a file already."""
    if isinstance(city, str | os.PathLike):
        return Path(city)
    known(city)
    document = {name: _written(name, value, folder) for name, value in city.items() if value is not None}
    path = folder / "city.toml"
    path.write_text(toml(document), encoding="utf-8")
    return path


def known(names: Iterable[str]) -> None:
    """Refuse what is no layer or option of a city."""
    there = City.__required_keys__ | City.__optional_keys__
    for name in names:
        if name not in there:
            raise TypeError(f"there is no layer or option `{name}`; there are {', '.join(sorted(there))}")


def _written(name: str, value: Any, folder: Path) -> Any:
    if name in LAYERS:
        return source(name, value, folder)
    if name in _FILES:
        return str(Path(value).absolute())
    if name in _LISTS and not isinstance(value, str):
        return ",".join(value)
    if name == "as_of" and isinstance(value, str):
        return date.fromisoformat(value)
    return os.fspath(value) if isinstance(value, os.PathLike) else value
