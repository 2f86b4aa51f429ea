"""Parts by Spark: one task for each, in the session there is, else in one of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pyspark.sql import SparkSession

#: How often a session of ours tries a part that is lost; that of a cluster says it by `spark.task.maxFailures`.
TRIES = 3


def map_parts(task: Callable[[Any], int], parts: Sequence[Any], workers: int | None) -> Iterator[int]:
    """Make a partition of every part."""
    session = SparkSession.getActiveSession()
    ours = session is None
    if session is None:
        session = SparkSession.builder.master(f"local[{workers or '*'},{TRIES}]").appName("plotratio").getOrCreate()
    try:
        yield from session.sparkContext.parallelize(parts, len(parts)).map(task).collect()
    finally:
        if ours:
            session.stop()
