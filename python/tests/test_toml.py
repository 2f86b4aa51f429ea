"""What is written as TOML is read back as it was."""

import tomllib
from datetime import date, datetime
from decimal import Decimal

import pytest

from plotratio._toml import toml


def test_comes_back():
    case = {
        "kind": "upgrade",
        "as_of": date(2022, 6, 1),
        "rules": ["scattered-land"],
        "site": {"area_m2": 30000.0, "tiny": 1e-9, "huge": 1e22, "in_park": True, 'a "key"': "二（五）\n\\ \t\x7f"},
        "enterprise": {"tax_per_mu_wan": {"2020": 9.8, "2021": 10}, "titles": []},
        "scattered": [{"area_m2": 1}, {"area_m2": 2, "adjacent": False}],
        "shared_edges": [[0, 1, 52.3]],
    }
    assert tomllib.loads(toml(case)) == case


def test_unknown_is_left_out_and_numbers_keep_their_digits():
    case = {"site": {"area_m2": Decimal("30000.10"), "floor_area_m2": None}, "plan": None, "as_of": datetime(2022, 6, 1, 9)}
    text = toml(case)
    assert "30000.10\n" in text
    assert tomllib.loads(text) == {"site": {"area_m2": 30000.10}, "as_of": date(2022, 6, 1)}


def test_integers_as_keys_and_numbers_of_numpy():
    numpy = pytest.importorskip("numpy")
    written = toml({"building": {"new_floor_by_storey": {4: numpy.float64(1000)}, "storeys": numpy.int64(3)}})
    assert tomllib.loads(written) == {"building": {"new_floor_by_storey": {"4": 1000.0}, "storeys": 3}}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), [object()]])
def test_what_is_no_fact_is_refused_by_name(value):
    with pytest.raises(TypeError, match="`area_m2`"):
        toml({"site": {"area_m2": value}})
