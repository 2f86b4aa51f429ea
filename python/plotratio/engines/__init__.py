"""Where parts are scanned: on this machine, or by an engine that runs a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, TypeAlias

#: Calls the function for every part, in any order and as often as it must, and yields what each came to.
Engine: TypeAlias = Callable[[Callable[[Any], int], Sequence[Any], "int | None"], Iterable[int]]

NAMES = ("local", "dask", "ray", "spark")


def engine_of(engine: str | Engine) -> Engine:
    """Return the engine of that name, or the function itself that is given as one."""
    if callable(engine):
        return engine
    if engine not in NAMES:
        raise ValueError(f"there is no engine `{engine}`; there are {', '.join(NAMES)}, or a function of yours")
    try:
        module = import_module(f".{engine}", __name__)
    except ModuleNotFoundError as missing:
        raise ImportError(f"the engine `{engine}` needs `{missing.name}`: pip install 'plotratio[{engine}]'") from missing
    found: Engine = module.map_parts
    return found
