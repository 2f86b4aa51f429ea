//! 《零增地技改项目清单》: its figures are those that its verdicts rest on.

use super::workbooks::{number, sheet};
use super::{rows, scan_sample};

/// A figure that is handed in beside a verdict is the one that the verdict rests on, whatever the reading.
#[test]
fn the_list_of_upgrades_says_what_the_rules_measure() {
    let home = tempfile::tempdir().unwrap();
    let measures = [
        ("plot_ratio_gain", "容积率提高（%）"),
        ("new_floor_share", "技改建筑面积占比（%）"),
    ];
    let gains = |reading: &str| {
        let out = home.path().join(reading.replace('=', "-"));
        scan_sample(&out, &["--format", "xlsx", "--reading", reading]);
        let list = sheet(&out.join("零增地技改项目清单.xlsx"), "项目清单");
        let mut held = 0;
        for finding in rows(&out.join("findings.csv")) {
            let measure = measures
                .iter()
                .find(|(name, _)| finding["measure"] == *name);
            let id = list.at("宗地代码");
            let row = list
                .rows
                .iter()
                .find(|row| row[id] == finding["subject_id"].as_str());
            if let (Some((_, heading)), Some(row), "upgrade") =
                (measure, row, finding["subject_kind"].as_str())
            {
                let value: f64 = finding["value"].parse().unwrap();
                let listed = number(&row[list.at(heading)]);
                assert!((listed - value).abs() < 1e-9, "{finding:?}: {listed}");
                held += 1;
            }
        }
        assert!(held > 0, "none held against a finding");
        let gain = list.at(measures[0].1);
        list.rows
            .iter()
            .map(|row| row[gain].to_string())
            .collect::<Vec<_>>()
    };
    assert_ne!(gains("far_site=combined"), gains("far_site=original"));
}
