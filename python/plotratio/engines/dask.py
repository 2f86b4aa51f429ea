"""Parts by Dask: on the cluster of the current client, else on one of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any

from distributed import Client, as_completed, get_client

#: How often Dask gives a part that failed to a worker again.
RETRIES = 2


def map_parts(task: Callable[[Any], int], parts: Sequence[Any], workers: int | None) -> Iterator[int]:
    """Hand every part to a worker, and yield the parts as they are done."""
    with _client(workers) as client:
        futures = client.map(task, parts, retries=RETRIES, pure=False)
        try:
            for done in as_completed(futures):
                yield done.result()
        finally:
            client.cancel(futures)


def _client(workers: int | None) -> Any:
    """The client there is, which stays open, else a new one."""
    try:
        return nullcontext(get_client())
    except ValueError:
        return Client(n_workers=workers, threads_per_worker=1, dashboard_address=None)
