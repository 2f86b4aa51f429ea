"""A layer as a Python program holds it → a source that the program `plotratio` reads."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import pyarrow as pa

from . import _geoparquet


class ArrowStream(Protocol):
    """Whatever hands over Arrow: tables of pyarrow, Polars, DuckDB, GDAL, geoarrow…, with WKB or GeoArrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule that holds an `ArrowArrayStream`."""
        ...


#: A path, `PATH:LAYER` or GDAL connection string; a GeoDataFrame or anything in Arrow; GeoJSON or columns as a dictionary.
Layer: TypeAlias = "str | os.PathLike[str] | ArrowStream | Mapping[str, Any]"

_DATABASE = re.compile(r"(PG|MYSQL|MSSQL|OCI):", re.IGNORECASE)


def source(name: str, layer: Layer, folder: Path) -> str:
    """Where the layer is to be read; what is only in memory is written into the folder under its name."""
    match layer:
        case str() if _DATABASE.match(layer):
            return layer
        case str() | os.PathLike():
            return str(Path(layer).absolute())
        case Mapping() if layer.get("type") in ("FeatureCollection", "Feature"):
            path = folder / f"{name}.geojson"
            path.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
            return str(path)
    path = folder / f"{name}.parquet"
    _geoparquet.write(_stream(name, layer), path)
    return str(path)


def _stream(name: str, layer: Any) -> Any:
    if isinstance(layer, Mapping):
        return pa.table(dict(layer))
    if hasattr(layer, "to_wkb") and hasattr(layer, "to_arrow"):
        return pa.table(layer.to_arrow(index=False, geometry_encoding="WKB"))
    if hasattr(layer, "__arrow_c_stream__"):
        return layer
    raise TypeError(
        f"`{name}` is a {type(layer).__name__}; give a path, a GeoDataFrame, a table of Arrow, or a dictionary of "
        "columns or of GeoJSON"
    )
