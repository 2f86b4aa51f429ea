"""Parts by Ray: on the cluster that is connected, else on one of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import ray

#: How often Ray does a part again whose worker was lost or failed.
RETRIES = 2


def map_parts(task: Callable[[Any], int], parts: Sequence[Any], workers: int | None) -> Iterator[int]:
    """Give every part one processor, and yield the parts as they are done."""
    ours = not ray.is_initialized()
    if ours:
        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
    try:
        remote = ray.remote(num_cpus=1, max_retries=RETRIES, retry_exceptions=True)(task)
        waiting = [remote.remote(part) for part in parts]
        while waiting:
            done, waiting = ray.wait(waiting)
            yield from ray.get(done)
    finally:
        if ours:
            ray.shutdown()
