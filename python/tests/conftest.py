"""What the tests share: the sample city, and a way to run the program beside the package."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from plotratio._program import program

ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "data-samples" / "city"


@pytest.fixture(scope="session")
def city() -> dict[str, Path]:
    """The layers of the sample city."""
    maps = {name: CITY / f"{name}.gpkg" for name in ("parcels", "buildings", "plan", "boundary", "obstacles")}
    return maps | {name: CITY / f"{name}.csv" for name in ("storeys", "lineage", "contracts", "enterprises")}


@pytest.fixture(scope="session")
def of_command_line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that the package had no part in."""
    out = tmp_path_factory.mktemp("command-line") / "results"
    plotratio("scan", ROOT / "data-samples" / "city.toml", "-o", out, "--format", "csv,parquet", "--quiet")
    return out


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[list[str]]]:
    """Put `program.py` in the place of the program; what it has been called with."""
    home = tmp_path / "fake"
    home.mkdir()
    source = (Path(__file__).parent / "program.py").read_text(encoding="utf-8")
    (home / "plotratio").write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
    (home / "plotratio").chmod(0o755)
    monkeypatch.setenv("PLOTRATIO", str(home / "plotratio"))
    for parts in [range(start, end, step) for end in range(7) for start, step in ((0, 1), (1, 2))]:
        pq.write_table(pa.table({"part": pa.array(parts, pa.int32())}), home / "-".join(["plan", *map(str, parts)]))
    monkeypatch.setenv("FAKE_PLANS", str(home))
    monkeypatch.setenv("FAKE_LOG", str(home / "calls"))
    return lambda: [json.loads(line) for line in (home / "calls").read_text(encoding="utf-8").splitlines()]


def plotratio(*arguments: object) -> str:
    """Run the program as a shell would."""
    command = [str(program()), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
