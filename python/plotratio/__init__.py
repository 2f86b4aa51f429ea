"""Parcels and buildings → plot ratios, verdicts and proposals, by the program `plotratio`."""

from ._check import check, rules
from ._city import Case, City, Options
from ._errors import Error, ProgramMissing
from ._lake import ingest, run
from ._layers import Layer
from ._program import program, version
from ._progress import Progress
from ._results import Results
from ._scan import scan

__all__ = [
    "Case",
    "City",
    "Error",
    "Layer",
    "Options",
    "ProgramMissing",
    "Progress",
    "Results",
    "check",
    "ingest",
    "program",
    "rules",
    "run",
    "scan",
    "version",
]
