//! Days that stand for none, and days that cannot be read.

use super::{Results, buildings, faults, of_text, parcels, scan};

fn idle(results: &Results) -> Vec<(String, String)> {
    let rows = results.rows("idle.csv");
    let states = rows
        .iter()
        .map(|row| (row["state"].clone(), row["since"].clone()));
    states.collect()
}

#[test]
fn days_that_programs_write_for_none_are_blank() {
    let folder = faults("data/placeholder-dates");
    let with = |contracts: &str| {
        let layers = ["--parcels", "parcels.gpkg", "--buildings", "buildings.gpkg"];
        let results = scan(
            &folder,
            &[&layers[..], &["--contracts", contracts]].concat(),
        );
        assert!(results.defects(&["unreadable_date"]).is_empty());
        idle(&results)
    };
    let right = with("a_zeros.dbf");
    assert_eq!(right[0].0, "idle");
    for contracts in [
        "b_18991230.dbf",
        "c_blank.dbf",
        "d_19000101.dbf",
        "e_zero.dbf",
    ] {
        assert_eq!(with(contracts), right, "{contracts}");
    }
    // it has no column for completion
    assert_eq!(with("h_1900.xlsx")[0], right[0]);
}

#[test]
fn a_day_that_cannot_be_read_is_unknown_and_never_not_yet() {
    let contracts = |started: &str| {
        let table =
            format!("合同编号,宗地代码,约定动工日期,实际动工日期\nHT1,A,2020-01-01,{started}\n");
        let folder = super::folder(&[
            ("parcels.csv", &parcels("", "", "")),
            ("contracts.csv", &table),
        ]);
        let layers = ["--parcels", "parcels.csv", "--crs", "EPSG:4549"];
        let results = scan(
            folder.path(),
            &[&layers[..], &["--contracts", "contracts.csv"]].concat(),
        );
        let wrong = results.defects(&["unreadable_date"]).len();
        (idle(&results)[0].0.clone(), wrong)
    };
    for blank in [
        "",
        "0",
        "1900-01-01",
        "9999-12-31",
        "/",
        "1899-12-30 00:00:00",
        "1970-01-01",
    ] {
        assert_eq!(contracts(blank), ("idle".into(), 0), "{blank}");
    }
    for unreadable in [
        "下月",
        "2020-13-01",
        "0202-03-01",
        "20200230",
        "3/1",
        "待定",
        "不详",
    ] {
        let (state, wrong) = contracts(unreadable);
        assert_ne!(state, "idle", "{unreadable}");
        assert_eq!(wrong, 1, "{unreadable}");
    }
}

#[test]
fn a_building_completed_on_no_day_is_of_unknown_completion() {
    for (blank, wrong) in [("1900-01-01", 0), ("0", 0), ("99991231", 0), ("待查", 1)] {
        let layer = buildings(";DSCS;JGRQ", &format!(";3;{blank}"), ";4;2012");
        let results = of_text(&parcels("", "", ""), &layer, &[]);
        assert_eq!(
            results.defects(&["unreadable_date"]).len(),
            wrong,
            "{blank}"
        );
    }
}

#[test]
fn letters_in_a_column_of_days_are_unknown_and_not_a_blank() {
    let folder = faults("data/placeholder-dates");
    let table = std::fs::read(folder.join("a_zeros.dbf")).unwrap();
    let blank = b"2022010100000000";
    let at = table.windows(16).position(|bytes| bytes == blank).unwrap();
    for (written, wrong) in [(&b"abcdefgh"[..], 1), (b"20221301", 1), (b"       0", 0)] {
        let mut table = table.clone();
        table[at + 8..at + 16].copy_from_slice(written);
        let copy = super::folder(&[]);
        let contracts = copy.path().join("contracts.dbf");
        std::fs::write(&contracts, table).unwrap();
        let layers = ["--parcels", "parcels.gpkg", "--buildings", "buildings.gpkg"];
        let contracts = contracts.display().to_string();
        let results = scan(
            &folder,
            &[&layers[..], &["--contracts", &contracts]].concat(),
        );
        assert_eq!(results.defects(&["unreadable_date"]).len(), wrong);
        assert_eq!(idle(&results)[0].0 == "idle", wrong == 0);
    }
}
