"""The examples of the README run as they are printed."""

import re
from pathlib import Path

import pytest
from conftest import plotratio as command_line

README = Path(__file__).parents[1] / "README.md"


def test_the_examples(tmp_path, monkeypatch, capsys):
    pytest.importorskip("geopandas")
    monkeypatch.chdir(tmp_path)
    command_line("try", "first-look")
    names: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    for example in examples:
        exec(compile(example, README.name, "exec"), names)
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "297 parcels"
    assert "'parcel_id': '331002000001GB00003'" in printed[1]
    assert "'adjacency', 'allocation', 'buildings'" in printed[2]
    assert printed[4].startswith("pass [('upgrade-premises', 'pass'), ('scattered-land', 'pass')")
    assert printed[5] == "fail"
