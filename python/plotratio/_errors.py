"""What can go wrong, with the program's own words."""

from __future__ import annotations


class Error(Exception):
    """The program could not do what was asked; the text is its message, `exit_code` its exit code (2: could not run)."""

    def __init__(self, message: str, exit_code: int | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type[Error], tuple[str, int | None]]:
        """So that it comes back whole from a worker of a cluster."""
        return type(self), (str(self), self.exit_code)


class ProgramMissing(Error):
    """There is no program `plotratio`, or not where the environment variable `PLOTRATIO` says."""
