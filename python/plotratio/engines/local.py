"""Parts on this machine, some at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any


def map_parts(task: Callable[[Any], int], parts: Sequence[Any], workers: int | None) -> Iterator[int]:
    """Scan as many parts at a time as there are workers; by default one for each processor."""
    pool = ThreadPoolExecutor(workers or os.cpu_count())
    try:
        for done in as_completed([pool.submit(task, part) for part in parts]):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)
