"""The folder of a finished run → its tables, read when they are asked for."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from . import _tables

if TYPE_CHECKING:
    import geopandas

_SUFFIXES = (".parquet", ".csv")


class Results(Mapping[str, pa.Table]):
    """
    The tables of a run by the names of its files: `results["parcels"]` is an Arrow table.

    A table is read when it is first asked for. A folder that nobody named is removed with the results: at the end of a
    `with` block, by `close`, or when nothing holds them any more.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        if not (self.folder / "summary.json").is_file():
            raise FileNotFoundError(f"`{self.folder}` is no folder of results: it has no summary.json")
        self._read: dict[str, pa.Table] = {}
        self._remove: weakref.finalize[..., Results] | None = None

    @classmethod
    def _owned(cls, folder: Path, holding: Path) -> Results:
        """Results in a folder of ours, which goes with them."""
        results = cls(folder)
        results._remove = weakref.finalize(results, shutil.rmtree, holding, ignore_errors=True)
        return results

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Counts, totals, what was chosen or guessed, and the sources: `summary.json`."""
        summary: dict[str, Any] = json.loads((self.folder / "summary.json").read_text(encoding="utf-8"))
        return summary

    def path(self, name: str) -> Path:
        """The file of a table: GeoParquet where there is one, else CSV."""
        for suffix in _SUFFIXES:
            if (path := self.folder / f"{name}{suffix}").is_file():
                return path
        raise KeyError(name)

    def to_geopandas(self, name: str = "parcels") -> geopandas.GeoDataFrame:
        """Return a table with shapes as a GeoDataFrame in the computing CRS; takes `plotratio[geopandas]`."""
        import geopandas  # noqa: PLC0415

        return geopandas.GeoDataFrame.from_arrow(self[name])

    def close(self) -> None:
        """Remove the folder, unless you named it."""
        if self._remove:
            self._remove()

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self._read:
            self._read[name] = _tables.read(self.path(name))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({path.stem for path in self.folder.iterdir() if path.suffix in _SUFFIXES}))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in set(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"<plotratio.Results in {self.folder}: {', '.join(self)}>"

    def __enter__(self) -> Results:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def holding_folder() -> Path:
    """Make a folder for results that nobody has named a place for."""
    return Path(tempfile.mkdtemp(prefix="plotratio-"))
