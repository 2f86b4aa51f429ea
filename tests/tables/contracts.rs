//! Grant contracts from text files.

use plotratio::model::{City, LayerKind};

use super::{Asked, ReadCity, city, flaws, plain};

fn read(text: &str) -> ReadCity {
    city(
        LayerKind::Contracts,
        "c.csv",
        text.as_bytes(),
        &Asked::default(),
    )
    .unwrap()
}

/// Contracts in short: number, parcels, facts.
fn told(city: &City) -> Vec<String> {
    let rows = &city.contracts.as_ref().unwrap().rows;
    let one = |row: &plotratio::model::GrantContract| {
        let facts = row.facts.names().map(|name| {
            let figure = row.facts.figure(name).map(plain).unwrap_or_default();
            format!("{}={figure}", name.trim_start_matches("grant."))
        });
        format!(
            "{} [{}] {}",
            row.id,
            row.parcels.join(" "),
            facts.collect::<Vec<_>>().join(" ")
        )
    };
    rows.iter().map(one).collect()
}

#[test]
fn dates_areas_and_words_are_read_as_they_are_written() {
    let city = read(
        "合同编号,宗地代码,合同面积（亩）,约定动工时间,实际动工时间,已动工开发面积（公顷）,出让价款（万元）,闲置原因,是否标准地,约定容积率\n\
         H1,G1;G2,15,2021年3月5日,44260,0.5,１００,企业自身原因,是,1.2-2.0\n\
         H2,G3,30,20210305,未动工,,,不明,否,≤2.0\n",
    );
    assert_eq!(
        told(&city),
        [
            "H1 [G1 G2] due_start=2021-03-05 area_m2=10000m² developed_m2=5000m² price_wan=100万元 started=2021-03-05 \
             cause=enterprise standard_land=true plot_ratio_min=1.2",
            "H2 [G3] due_start=2021-03-05 area_m2=20000m² started=false standard_land=false",
        ]
    );
    assert_eq!(flaws(&city).0, []);
}

#[test]
fn a_blank_day_has_not_come_unless_another_column_says_that_it_must_have() {
    let city = read(
        "合同编号,宗地代码,约定动工时间,实际动工时间,实际竣工时间,停工时间,复工时间,已动工开发面积,已投资额（万元）\n\
         H1,G1,2020-01-01,,,,,,100\n\
         H2,G2,2020-01-01,/,2022-01-01,,,,\n\
         H3,G3,2020-01-01,,,,,12,\n\
         H4,G4,2020-01-01,2020-01-01,,,2021-01-01,,\n\
         H5,G5,2020-13-01,soon,,,,0,\n",
    );
    assert_eq!(
        told(&city),
        [
            "H1 [G1] due_start=2020-01-01 invested_wan=100万元 started=false completed=false stopped_since=false resumed=false",
            "H2 [G2] due_start=2020-01-01 completed=2022-01-01 stopped_since=false resumed=false",
            "H3 [G3] due_start=2020-01-01 developed_m2=12m² completed=false stopped_since=false resumed=false",
            "H4 [G4] due_start=2020-01-01 started=2020-01-01 completed=false resumed=2021-01-01",
            "H5 [G5] developed_m2=0m² completed=false stopped_since=false resumed=false",
        ]
    );
    let (defects, notes) = flaws(&city);
    let kinds: Vec<_> = defects.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            "contradictory",
            "contradictory",
            "contradictory",
            "unreadable_date",
            "unreadable_date"
        ]
    );
    assert!(
        defects[3].1.contains("`2020-13-01` in line 6"),
        "{}",
        defects[3].1
    );
    assert!(
        notes.contains("`实际动工时间` in 1 rows, `实际竣工时间` in 4 rows"),
        "{notes}"
    );
}

#[test]
fn a_column_that_is_not_there_says_nothing() {
    let city = read("合同编号,宗地代码,约定动工时间\nH1,G1,2020-01-01\n");
    assert_eq!(told(&city), ["H1 [G1] due_start=2020-01-01"]);
    assert!(!flaws(&city).1.contains("blank"));
}

#[test]
fn a_contract_without_a_parcel_is_left_out_and_a_table_without_them_is_refused() {
    let found = read("合同编号,宗地代码,约定动工\nH1,G1,\nH2,/,\nH3,3.31002E+17,\n合计,2宗,\n");
    let account = found.contracts.as_ref().unwrap().account;
    assert_eq!(
        (
            account.read,
            account.analysed,
            account.quarantined,
            account.filtered
        ),
        (4, 1, 2, 1)
    );
    let kinds: Vec<_> = flaws(&found).0.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["missing_id", "lost_digits", "missing_id"]);
    let error = city(
        LayerKind::Contracts,
        "c.csv",
        "合同编号,宗地代码\nH1,G1\n".as_bytes(),
        &Asked::default(),
    );
    let error = error.unwrap_err();
    assert!(
        error.contains("`--map contracts.due_start=COLUMN`"),
        "{error}"
    );
    let error = city(
        LayerKind::Contracts,
        "c.csv",
        "合同编号,约定动工\nH1,2020-01-01\n".as_bytes(),
        &Asked::default(),
    );
    assert!(
        error
            .unwrap_err()
            .contains("`--map contracts.parcel_id=COLUMN`")
    );
}

#[test]
fn the_contracts_of_an_invented_city_are_read_whole() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/city");
    let table = std::fs::read_to_string(root.join("contracts.csv")).unwrap();
    let city = read(&table);
    let contracts = city.contracts.as_ref().unwrap();
    assert_eq!(contracts.account.read, contracts.account.analysed);
    assert_eq!(contracts.rows.len(), table.lines().count() - 1);
    let all = [
        "due_start",
        "due_completion",
        "area_m2",
        "developed_m2",
        "should_develop_m2",
        "total_wan",
        "invested_wan",
        "price_wan",
        "started",
        "completed",
        "stopped_since",
        "standard_land",
    ];
    let names: Vec<&str> = contracts.rows[0].facts.names().collect();
    assert_eq!(names, all.map(|name| format!("grant.{name}")));
    assert_eq!(flaws(&city).0, []);
}

#[test]
fn that_a_contract_restricts_the_transfer_is_known_by_its_names() {
    for name in [
        "是否限制转让",
        "限制转让",
        "出让合同是否限制转让",
        "有无特殊限制转让约定",
        "transfer_restricted",
    ] {
        let city = read(&format!(
            "合同编号,宗地代码,约定动工时间,{name}\nH1,G1,2021-03-05,是\nH2,G2,2021-03-05,否\n\
             H3,G3,2021-03-05,\nH4,G4,2021-03-05,无\nH5,G5,2021-03-05,看合同\n"
        ));
        let told = told(&city);
        let said = told
            .iter()
            .map(|row| row.rsplit_once("transfer_restricted="));
        let said: Vec<_> = said.map(|row| row.map(|(_, truth)| truth)).collect();
        let (yes, no) = (Some("true"), Some("false"));
        assert_eq!(said, [yes, no, None, no, None], "{name}");
        assert_eq!(flaws(&city).0.len(), 1, "{name}");
    }
}
