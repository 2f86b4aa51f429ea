//! What is printed adds up: rows of the list to totals, steps of a ladder to each other.

use crate::command_line::{city, rows, run};

fn number(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

#[test]
fn printed_rows_add_up_to_printed_totals_and_steps_to_each_other() {
    let home = tempfile::tempdir().unwrap();
    let place = home.path().join("city");
    city(&place, &["-n", "8000", "--seed", "3"]);
    let layer = |name: &str| place.join(name).display().to_string();
    let (parcels, buildings, contracts, enterprises) = (
        layer("parcels.gpkg"),
        layer("buildings.gpkg"),
        layer("contracts.csv"),
        layer("enterprises.csv"),
    );
    let out = home.path().join("out");
    let folder = out.display().to_string();
    let mut arguments = vec![
        "scan",
        "--parcels",
        &parcels,
        "--buildings",
        &buildings,
        "-o",
        &folder,
    ];
    arguments.extend([
        "--contracts",
        &contracts,
        "--enterprises",
        &enterprises,
        "--as-of",
        "2021-12-31",
    ]);
    run(&arguments);
    let totals = rows(&out.join("survey_totals.csv"));
    let states = [
        "approved_not_supplied",
        "supplied_not_started",
        "idle",
        "suspected_idle",
        "under_construction",
        "inefficient",
        "unknown",
    ];
    let listed = rows(&out.join("idle.csv"));
    for by in ["district", "town", "park", "industry", "plot_ratio"] {
        let of: Vec<_> = totals.iter().filter(|row| row["group_by"] == by).collect();
        let (total, groups) = of.split_last().unwrap();
        assert!(total["group"] == "total" && !groups.is_empty(), "{by}");
        for (column, printed) in total.iter().filter(|(name, _)| !name.starts_with("group")) {
            let sum: i64 = groups.iter().map(|row| number(&row[column])).sum();
            assert_eq!(sum, number(printed), "{by}, {column}");
        }
        for state in states {
            for figure in ["area_m2", "area_mu"] {
                let rows = listed.iter().filter(|row| row["state"] == state);
                let sum: i64 = rows.map(|row| number(&row[figure])).sum();
                assert_eq!(
                    sum,
                    number(&total[&format!("{state}_{figure}")]),
                    "{state} {figure}"
                );
            }
        }
    }
    let steps = rows(&out.join("ladder.csv"));
    let parcels = rows(&out.join("parcels.csv")).len();
    let mut before = None;
    for step in &steps {
        let [removed, unknown, left] =
            ["removed", "unknown", "left"].map(|name| number(&step[name]));
        let first = before
            .as_ref()
            .is_none_or(|(ladder, _)| *ladder != step["ladder"]);
        let from = if first {
            i64::try_from(parcels).unwrap()
        } else {
            before.unwrap().1
        };
        assert_eq!(from - removed - unknown, left, "{step:?}");
        before = Some((step["ladder"].clone(), left));
    }
    assert_eq!(
        steps.iter().filter(|step| step["ladder"] == "idle").count(),
        7
    );
}
