"""Options by name become the arguments of the command line."""

from datetime import date
from pathlib import Path

from plotratio._arguments import arguments


def test_every_shape_of_an_option():
    given = {
        "map": {"parcels": {"id": "PID", "owner": "QLR"}},
        "where": {"buildings": "DSCS > 0"},
        "transform": {"buildings": [1, -2.5, 0, 0, 0, 0, 0], "plan": "none"},
        "only": ["measures", "idle"],
        "as_of": date(2022, 6, 1),
        "register": Path("old/register.csv"),
        "without_owners": True,
        "force": False,
        "csv_bom": False,
        "crs": None,
        "tolerance": 0.0,
    }
    assert arguments(given) == (
        *("--map", "parcels.id=PID", "--map", "parcels.owner=QLR"),
        *("--where", "buildings=DSCS > 0"),
        *("--transform", "buildings=1,-2.5,0,0,0,0,0", "--transform", "plan=none"),
        *("--only", "measures,idle", "--as-of", "2022-06-01", "--register", "old/register.csv", "--without-owners"),
        *("--csv-bom", "no", "--tolerance", "0.0"),
    )
