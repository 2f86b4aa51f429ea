"""Arguments → the program's answer: where it is found, how it is run, what becomes of what it says."""

from __future__ import annotations

import logging
import os
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ._errors import Error, ProgramMissing
from ._progress import Progress, step_of, watcher

NAME = "plotratio"
log = logging.getLogger(NAME)


def program() -> Path:
    """The program: what `PLOTRATIO` names, else what came with this package, else what `PATH` finds."""
    if named := os.environ.get("PLOTRATIO"):
        if not os.access(named, os.X_OK):
            raise ProgramMissing(f"the environment variable PLOTRATIO names `{named}`, which is no program")
        return Path(named).absolute()
    if (bundled := Path(__file__).parent / "bundle" / NAME).is_file():
        return bundled
    for scripts in (sysconfig.get_path("scripts"), sysconfig.get_path("scripts", f"{os.name}_user")):
        if found := shutil.which(NAME, path=scripts):
            return Path(found)
    if found := shutil.which(NAME):
        return Path(found)
    raise ProgramMissing(f"no program `{NAME}` on PATH; install the wheel, or let PLOTRATIO name it")


def version() -> str:
    """What the program says of its version, as in `plotratio 0.1.0`."""
    return call(["--version"]).strip()


def call(
    arguments: Sequence[str | os.PathLike[str]],
    *,
    progress: Progress = False,
    judges: bool = False,
) -> str:
    """
    Run the program and return what it printed.

    Where it `judges`, exit code 1 is a verdict and no error. What it says beside its answer goes to the log `plotratio`.
    """
    command = [os.fspath(part) for part in (program(), *arguments)]
    log.debug("%s", shlex.join(command))
    with tempfile.TemporaryFile() as printed:
        code, said = _watch(command, printed.fileno(), progress)
        if code not in ((0, 1) if judges else (0,)):
            raise Error(_message(code, said), code)
        for line in said:
            log.info("%s", line)
        printed.seek(0)
        return printed.read().decode()


def _watch(command: list[str], stdout: int, progress: Progress) -> tuple[int, list[str]]:
    """Exit code and what was said, but for the steps, which go to who watches."""
    said = []
    with watcher(progress) as shown:
        environment = os.environ | ({"PLOTRATIO_PROGRESS": "lines"} if shown else {})
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, env=environment
        ) as child:
            try:
                for raw in child.stderr or ():
                    line = raw.decode(errors="replace").rstrip()
                    if shown and (step := step_of(line)):
                        shown(*step)
                    elif line:
                        said.append(line)
            except BaseException:
                child.terminate()
                raise
    return child.returncode, said


def _message(code: int, said: list[str]) -> str:
    if code < 0:
        said = [*said, f"{NAME} was ended by signal {-code} ({signal.Signals(-code).name})"]
    text = "\n".join(said).removeprefix(f"{NAME}: ")
    return text or f"{NAME} ended with exit code {code}"


def main() -> NoReturn:
    """Be the program, where a wheel has it in a bundle."""
    found = program()
    os.execv(found, [NAME, *sys.argv[1:]])
