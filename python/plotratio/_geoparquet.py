"""A stream of Arrow batches → a GeoParquet file that the program reads as it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

#: Names of encodings in GeoArrow and in GeoParquet.
_ENCODINGS = {
    "geoarrow.wkb": "WKB",
    "ogc.wkb": "WKB",
    "geoarrow.polygon": "polygon",
    "geoarrow.multipolygon": "multipolygon",
}


def write(stream: Any, path: Path) -> None:
    """Write what `__arrow_c_stream__` hands over, batch by batch, so that it need not fit into memory."""
    reader = pa.RecordBatchReader.from_stream(stream)
    kinds = [_kind(field) for field in reader.schema]
    stored = pa.schema(
        [pa.field(field.name, _storage(field.type, kind)) for field, kind in zip(reader.schema, kinds, strict=True)]
    )
    geometries = {field.name: _described(field, kind) for field, kind in zip(reader.schema, kinds, strict=True) if kind}
    geo = _geo(geometries) if geometries else (reader.schema.metadata or {}).get(b"geo")
    with pq.ParquetWriter(path, stored, compression="zstd", store_schema=False) as file:
        for batch in reader:
            columns = [_plain(column).cast(field.type) for column, field in zip(batch.columns, stored, strict=True)]
            file.write_batch(pa.RecordBatch.from_arrays(columns, schema=stored))
        if geo:
            file.add_key_value_metadata({"geo": geo})


def _kind(field: pa.Field) -> str | None:
    """The extension type of a geometry, whether its class is registered with pyarrow or not."""
    if isinstance(field.type, pa.BaseExtensionType):
        name = field.type.extension_name
    else:
        name = (field.metadata or {}).get(b"ARROW:extension:name", b"").decode()
    return name if name.startswith(("geoarrow.", "ogc.")) else None


def _described(field: pa.Field, kind: str) -> dict[str, Any]:
    """A geometry column as the key `geo` says it; a CRS that nobody has said is unknown there too."""
    if kind not in _ENCODINGS:
        known = ", ".join(_ENCODINGS)
        raise TypeError(f"the column `{field.name}` holds `{kind}`; only {known} are read: hand it over as WKB")
    if isinstance(field.type, pa.BaseExtensionType):
        said = field.type.__arrow_ext_serialize__()
    else:
        said = (field.metadata or {}).get(b"ARROW:extension:metadata", b"")
    crs = json.loads(said or b"{}").get("crs")
    return {"encoding": _ENCODINGS[kind], "geometry_types": [], "crs": crs}


def _geo(geometries: dict[str, dict[str, Any]]) -> str:
    return json.dumps({"version": "1.1.0", "primary_column": next(iter(geometries)), "columns": geometries})


def _storage(kind: pa.DataType, geometry: str | None) -> pa.DataType:
    """The type in the file: without extensions, dictionaries, and what only stands for the same in other sizes."""
    if isinstance(kind, pa.BaseExtensionType):
        kind = kind.storage_type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_decimal(kind):
        return pa.float64()
    if pa.types.is_large_binary(kind) or str(kind) == "binary_view":
        return pa.binary()
    if pa.types.is_large_string(kind) or str(kind) == "string_view":
        return pa.string()
    if geometry and _ENCODINGS.get(geometry) in ("polygon", "multipolygon"):
        return _rings(kind)
    return kind


def _rings(kind: pa.DataType) -> pa.DataType:
    """Lists of points `x, y`, as GeoParquet stores them."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(_rings(kind.value_type))
    if pa.types.is_struct(kind):
        return kind
    raise TypeError("GeoArrow with interleaved coordinates is not read: hand it over with separated ones, or as WKB")


def _plain(column: pa.Array) -> pa.Array:
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    return column.dictionary_decode() if isinstance(column, pa.DictionaryArray) else column
