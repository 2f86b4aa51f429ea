"""How far the program has come → whoever watches: a bar, or a function of the caller's."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

Watcher: TypeAlias = Callable[[str, int, "int | None"], None]
#: `True` shows bars, `None` where there is a terminal; a function is told the step, how many items are done, of how many.
Progress: TypeAlias = "bool | Watcher | None"


def step_of(line: str) -> tuple[str, int, int | None] | None:
    """What a line of the program's says of its progress, if it does."""
    if not line.startswith('{"step":'):
        return None
    step = json.loads(line)
    return step["step"], step["done"], step["total"]


@contextmanager
def watcher(progress: Progress) -> Iterator[Watcher | None]:
    """Who is to be told, and what it holds is put away in the end."""
    if callable(progress):
        yield progress
    elif progress or (progress is None and sys.stderr.isatty()):
        bars = _Bars()
        try:
            yield bars
        finally:
            bars.close()
    else:
        yield None


class _Bars:
    """A bar for each step: of tqdm where it is installed, which draws itself in notebooks too, else a line of text."""

    def __init__(self) -> None:
        self.step: str | None = None
        self.bar = _Line()
        try:
            from tqdm.auto import tqdm  # noqa: PLC0415

            self.new = tqdm
        except ImportError:
            self.new = _Line

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if step != self.step:
            self.bar.close()
            self.step, self.bar = step, self.new(desc=step, total=total, leave=False)
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        self.bar.close()


class _Line:
    """One line on standard error, written over."""

    def __init__(self, desc: str = "", total: int | None = None, leave: bool = False) -> None:
        self.desc, self.total, self.n = desc, total, 0

    def update(self, items: int) -> None:
        self.n += items
        of = "" if self.total is None else f"/{self.total:,}"
        print(f"\r\x1b[K{self.desc} {self.n:,}{of}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self.desc:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
