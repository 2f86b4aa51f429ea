"""Cases by number → verdicts; a policy → its rules."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from ._city import city_file
from ._errors import Error
from ._layers import source
from ._program import call
from ._toml import toml

if TYPE_CHECKING:
    from ._city import Case, City, Day

#: What a case names beside its numbers: layers that are drawn by somebody.
_DRAWN = ("lots", "cut_lines")


@overload
def check(
    case: Case,
    *,
    city: City | str | os.PathLike[str] | None = None,
    policy: str | os.PathLike[str] | None = None,
    as_of: Day | None = None,
    reading: Mapping[str, str] | None = None,
    lang: Literal["zh", "en"] | None = None,
) -> dict[str, Any]: ...


@overload
def check(
    case: Sequence[Case],
    *,
    city: City | str | os.PathLike[str] | None = None,
    policy: str | os.PathLike[str] | None = None,
    as_of: Day | None = None,
    reading: Mapping[str, str] | None = None,
    lang: Literal["zh", "en"] | None = None,
) -> list[dict[str, Any]]: ...


def check(
    case: Case | Sequence[Case],
    *,
    city: City | str | os.PathLike[str] | None = None,
    policy: str | os.PathLike[str] | None = None,
    as_of: Day | None = None,
    reading: Mapping[str, str] | None = None,
    lang: Literal["zh", "en"] | None = None,
) -> dict[str, Any] | list[dict[str, Any]]:
    """
    Judge a case, or several with one start of the program.

    A case is a dictionary as a check file has it: `kind`, and tables of facts; what is missing or `None` is unknown. Of a
    `city` (the path of a CITY.toml, or layers and options as for `scan`) it can name a parcel. The answer is that of
    `plotratio check --json`; a verdict that is not `pass` is no error.
    """
    cases = [case] if isinstance(case, Mapping) else list(case)
    if not cases:
        return []
    arguments = judging(policy, as_of)
    for name, choice in (reading or {}).items():
        arguments += ["--reading", f"{name}={choice}"]
    if lang:
        arguments += ["--lang", lang]
    with tempfile.TemporaryDirectory(prefix="plotratio-") as folder:
        if city is not None:
            arguments += ["--city", str(city_file(city, Path(folder)))]
        files = [_written(case, Path(folder), number) for number, case in enumerate(cases, 1)]
        try:
            answer = call(["check", *files, *arguments, "--json"], judges=True)
        except Error as error:
            raise Error(str(error).replace(f"{folder}/", ""), error.exit_code) from None
    judged = [json.loads(line) for line in answer.splitlines()]
    return judged[0] if isinstance(case, Mapping) else judged


def rules(*, policy: str | os.PathLike[str] | None = None, as_of: Day | None = None) -> list[dict[str, Any]]:
    """The rules of a policy: each with its id, article, kinds of cases, days and names."""
    listed: list[dict[str, Any]] = json.loads(call(["rules", "list", "--json", *judging(policy, as_of)]))
    return listed


def judging(policy: str | os.PathLike[str] | None, as_of: Day | None) -> list[str]:
    """The options that say by which policy, and as of which day."""
    given = {"--policy": policy and os.fspath(policy), "--as-of": as_of and str(as_of)}
    return [text for name, value in given.items() if value for text in (name, value)]


def _written(case: Case, folder: Path, number: int) -> Path:
    drawn = {name: source(f"{name}-{number}", case[name], folder) for name in _DRAWN if case.get(name) is not None}
    path = folder / f"case-{number}.toml"
    path.write_text(toml({**case, **drawn}), encoding="utf-8")
    return path
