"""Options by name → the arguments of a command."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

#: What is said yes or no to, where neither is the default.
_ANSWERS = {True: "yes", False: "no"}


def arguments(options: Mapping[str, Any]) -> tuple[str, ...]:
    """Each option as the command line has it; what is `None` or `False` is left out."""
    given = {name: _ANSWERS.get(value, value) if name == "csv_bom" else value for name, value in options.items()}
    return tuple(text for name, value in given.items() for text in _of(f"--{name.replace('_', '-')}", value))


def _of(option: str, value: Any) -> Iterator[str]:
    match value:
        case None | False:
            return
        case True:
            yield option
        case Mapping():
            for key, item in _flat(value):
                yield from (option, f"{key}={_text(item)}")
        case _:
            yield from (option, _text(value))


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
