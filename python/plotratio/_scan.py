"""A city → measured, judged and with proposals, as the results of a run."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ._arguments import arguments as as_arguments
from ._city import known
from ._layers import Layer, source
from ._program import call
from ._progress import Progress
from ._results import Results, holding_folder

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._city import Options

log = logging.getLogger("plotratio")


def scan(
    parcels: Layer | None = None,
    buildings: Layer | None = None,
    *,
    city: str | os.PathLike[str] | None = None,
    storeys: Layer | None = None,
    plan: Layer | None = None,
    scattered: Layer | None = None,
    boundary: Layer | None = None,
    obstacles: Layer | None = None,
    lineage: Layer | None = None,
    before: Layer | None = None,
    enterprises: Layer | None = None,
    contracts: Layer | None = None,
    out: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    lang: Literal["zh", "en"] | None = None,
    progress: Progress = None,
    **options: Unpack[Options],
) -> Results:
    """
    Measure, judge and propose over a whole city, as `plotratio scan` does.

    A layer is a path, `PATH:LAYER`, a GDAL connection string, a GeoDataFrame, anything that hands over Arrow with WKB or
    GeoArrow, columns as a dictionary, or GeoJSON as one. `city` is the path of a CITY.toml or of a lake, whose layers and
    options hold where none are given here. The options are those of the command line (`plotratio.Options`).
    The results lie in `out`, which stays, or in a folder that goes with them. `progress` shows bars, or is a function
    that is told the step, how many items are done, and of how many.

    Raises `plotratio.Error` with the program's message.
    """
    layers = {
        "parcels": parcels,
        "buildings": buildings,
        "storeys": storeys,
        "plan": plan,
        "scattered": scattered,
        "boundary": boundary,
        "obstacles": obstacles,
        "lineage": lineage,
        "before": before,
        "enterprises": enterprises,
        "contracts": contracts,
    }
    known(options)
    arguments = list(as_arguments({**options, "format": formats(options), "overwrite": overwrite, "lang": lang}))
    with tempfile.TemporaryDirectory(prefix="plotratio-") as folder:
        sources = {name: source(name, layer, Path(folder)) for name, layer in layers.items() if layer is not None}
        return into(out, ["scan", *([city] if city else []), *as_arguments(sources), *arguments], progress)


def formats(options: Mapping[str, Any]) -> list[str]:
    """The formats asked for, and Parquet, of which tables are read."""
    asked: str | Sequence[str] = options.get("format") or []
    asked = asked.split(",") if isinstance(asked, str) else asked
    return [*dict.fromkeys([*asked, "parquet"])]


def into(out: str | os.PathLike[str] | None, arguments: Sequence[str | os.PathLike[str]], progress: Progress) -> Results:
    """The results of a command that writes them to `-o`, in a folder of the caller's or in one of ours."""
    if out is not None:
        call([*arguments, "-o", out], progress=progress)
        results = Results(out)
    else:
        holding = holding_folder()
        try:
            call([*arguments, "-o", holding / "results"], progress=progress)
            results = Results._owned(holding / "results", holding)
        except BaseException:
            shutil.rmtree(holding, ignore_errors=True)
            raise
    _tell(results)
    return results


def _tell(results: Results) -> None:
    """What a reader must know of a run goes to the log."""
    for note in results.summary.get("notes", ()):
        log.info("%s", note)
    for defect in results.summary.get("defects", ()):
        if defect["severity"] == "grave":
            log.warning("%s: %s (%d): %s", defect["layer"], defect["en"], defect["count"], defect["todo_en"])
