"""Cases as dictionaries are judged as their files are."""

import json
import tomllib
from datetime import date

import pytest
from conftest import ROOT
from conftest import plotratio as command_line

import plotratio

CASES = ROOT / "data-samples" / "cases"


def case_of(name):
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


def test_is_what_the_command_line_says():
    said = json.loads(command_line("check", CASES / "upgrade.toml", "--json"))
    judged = plotratio.check(case_of("upgrade.toml"))
    assert judged["verdict"] == "pass"
    assert judged | {"file": said["file"]} == said


def test_a_case_that_fails_is_no_error():
    case = case_of("upgrade.toml")
    case["scattered"][0]["area_m2"] = 6666.67
    assert plotratio.check(case)["verdict"] == "fail"


def test_several_at_once_in_their_order():
    case = case_of("upgrade.toml")
    larger = case | {"scattered": [{"area_m2": 6666.67, "conforms_to_plan": True, "adjacent": True}]}
    assert [judged["verdict"] for judged in plotratio.check([case, larger, case])] == ["pass", "fail", "pass"]
    assert plotratio.check([]) == []


def test_unknown_stays_unknown():
    case = case_of("upgrade.toml")
    case["site"]["area_m2"] = None
    assert plotratio.check(case)["verdict"] == "unknown"


def test_day_reading_and_language_are_passed_on():
    judged = plotratio.check(case_of("upgrade.toml"), as_of=date(2023, 6, 30), reading={"far_site": "original"}, lang="zh")
    assert judged["as_of"] == "2023-06-30"
    assert "满足" in judged["summary"] or "符合" in judged["summary"]


def test_a_mistake_names_what_is_wrong_and_no_folder_of_ours():
    with pytest.raises(plotratio.Error, match="no_such_fact") as raised:
        plotratio.check({"kind": "upgrade", "site": {"no_such_fact": 1.0}})
    assert raised.value.exit_code == 2
    assert str(raised.value).startswith("`case-1.toml`")


def test_facts_of_a_city(city):
    judged = plotratio.check(
        {"kind": "parcel", "parcel": "331002000001GB00003"},
        city={"parcels": city["parcels"], "buildings": city["buildings"], "plan": city["plan"], "as_of": "2022-06-01"},
        as_of="2022-06-01",
    )
    verdicts = {finding["rule"]: finding["verdict"] for finding in judged["findings"]}
    assert verdicts["plot-ratio-within-plan"] == "fail"


def test_rules():
    listed = {rule["rule"]: rule for rule in plotratio.rules(policy="taizhou-2021", as_of="2022-06-01")}
    assert listed["scattered-land"]["article"] == "二（五）"
    assert listed["scattered-land"]["in_force"]
    with pytest.raises(plotratio.Error, match="atlantis"):
        plotratio.rules(policy="atlantis")
