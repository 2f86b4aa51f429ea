"""A city that one machine cannot hold: a lake of it, its parts by an engine, the same files as one run."""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow.parquet as pq

from ._arguments import arguments
from ._city import city_file
from ._program import call
from ._progress import Progress, watcher
from ._scan import formats, into
from .engines import Engine, engine_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._city import City, Options
    from ._results import Results


def ingest(
    city: City | str | os.PathLike[str],
    lake: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    progress: Progress = None,
) -> Path:
    """
    Write a city as a lake: GeoParquet in which every guess about the input is made, once, for all parts.

    The city is the path of a CITY.toml, or layers and options as for `scan`.
    """
    again = ["--overwrite"] if overwrite else []
    with tempfile.TemporaryDirectory(prefix="plotratio-") as folder:
        call(["ingest", city_file(city, Path(folder)), "-o", lake, *again], progress=progress)
    return Path(lake)


@dataclass(frozen=True)
class Part:
    """A part of a lake, to be scanned wherever the lake is seen: the engine may do it again, or elsewhere."""

    lake: str
    plan: str
    number: int
    out: str
    options: tuple[str, ...]

    def scan(self) -> int:
        """Scan the part, and return its number."""
        call(["scan", self.lake, "--part", f"{self.plan}:{self.number}", "-o", self.out, *self.options])
        return self.number


def run(
    lake: str | os.PathLike[str],
    out: str | os.PathLike[str],
    engine: Literal["local", "dask", "ray", "spark"] | Engine = "local",
    parcels: int = 250_000,
    *,
    parts: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    overwrite: bool = False,
    progress: Progress = None,
    **options: Unpack[Options],
) -> Results:
    """
    Scan a lake in parts of about so many parcels, and return the results, the same as those of one run.

    The engine says where parts are scanned: `local` on this machine, `workers` at a time; `dask`, `ray` and `spark` on
    the cluster that is connected, else on one of this machine. Every machine must see the lake and `parts`, the folder
    that holds the parts until they are gathered (beside `out` where not given). A part is scanned with one thread
    unless `threads` says otherwise. The options are those of `scan` that do not concern how layers are read; what is
    not given is what the city said when it was ingested.
    """
    out = Path(out).absolute()
    judged = arguments({"threads": 1, "as_of": _day(Path(lake)), **options, "format": None})
    map_parts = engine_of(engine)
    with _holding(parts, out) as folder:
        plan, scanned = folder / "plan-1.parquet", folder / "parts"
        call(["partition", lake, "--parcels", str(parcels), "-o", plan])
        round_ = 1
        while numbers := _numbers(plan):
            tasks = [Part(str(Path(lake).absolute()), str(plan), number, str(scanned), judged) for number in numbers]
            with watcher(progress) as shown:
                for done, _ in enumerate(map_parts(Part.scan, tasks, workers), 1):
                    if shown:
                        shown(f"parts, pass {round_}", done, len(tasks))
            round_ += 1
            plan = folder / f"plan-{round_}.parquet"
            call(["partition", "--reopen", scanned, "-o", plan])
        gathered = ["--overwrite"] if overwrite else []
        return into(out, ["gather", scanned, *arguments({"format": formats(options)}), *gathered], progress)


def _day(lake: Path) -> date | None:
    """Today, so that all parts have one day also over midnight; nothing where the city names a day."""
    city = lake / "city.toml"
    named = city.is_file() and "as_of" in tomllib.loads(city.read_text(encoding="utf-8"))
    return None if named else date.today()


def _numbers(plan: Path) -> list[int]:
    """The parts that a plan has, in order."""
    return sorted(set(pq.read_table(plan, columns=["part"]).column("part").to_pylist()))


@contextmanager
def _holding(parts: str | os.PathLike[str] | None, out: Path) -> Iterator[Path]:
    """The folder for plans and parts: the one that is named, which stays, else one beside the results."""
    if parts is not None:
        folder = Path(parts).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-parts-", dir=out.parent) as ours:
            yield Path(ours)
