//! Enterprises from text files.

use encoding_rs::GBK;
use plotratio::model::{Account, Action, LayerKind};

use super::{Asked, city, flaws, told};

fn read(
    text: &[u8],
    asked: &Asked<'_>,
) -> (Vec<String>, Account, Vec<(&'static str, String)>, String) {
    let city = city(LayerKind::Enterprises, "e.csv", text, asked).unwrap();
    let (defects, notes) = flaws(&city);
    let table = city.city.enterprises.unwrap();
    (
        table.rows.iter().map(told).collect(),
        table.account,
        defects,
        notes,
    )
}

const OFFICE: &str = "台州市企业亩均效益综合评价表,,,,,,,,
填报单位：经信局,,,,,,,,单位：万元
序号,企业名称,统一社会信用代码,宗地代码,2021年评价结果,用地面积（亩）,税收,,是否规上
,,,,,,2020年,2021年,
1,甲泵业有限公司,914403001922038216,331002001001GB00001、331002001001GB00002,Ａ类,１５,\"1,200.50\",1300,是
2,乙塑业有限公司,91330100799655058B,331002001001GB00003,未参评,30㎡,——,50万元,规下
,合 计,,,,,,1350,
填表人：张三,,审核：李四,,,,,,
";

#[test]
fn a_table_of_an_office_is_read_whatever_its_encoding_and_separator() {
    let rows = [
        "914403001922038216 甲泵业有限公司 [331002001001GB00001 331002001001GB00002] above_scale=true land_mu=10000m² \
         evaluation_class=2021:A tax 2020:1200.5,2021:1300",
        "91330100799655058B 乙塑业有限公司 [331002001001GB00003] above_scale=false land_mu=30m² evaluation_class=2021:unrated \
         tax 2021:50",
    ];
    let account = Account {
        read: 3,
        filtered: 1,
        analysed: 2,
        ..Account::default()
    };
    let bom = format!("\u{feff}{OFFICE}");
    let tabs = OFFICE
        .replace(',', "\t")
        .replace("\"1\t200.50\"", "1,200.50");
    let semicolons = OFFICE.replace(',', ";").replace("\"1;200.50\"", "1,200.50");
    let gbk = GBK.encode(OFFICE).0;
    let texts = [
        OFFICE.as_bytes(),
        bom.as_bytes(),
        tabs.as_bytes(),
        semicolons.as_bytes(),
    ];
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        let (found, counted, defects, notes) = read(text, &Asked::default());
        assert_eq!(found, rows);
        assert_eq!(counted, account);
        assert_eq!(defects, []);
        assert!(
            notes.contains("1 rows that sum up others were left out; 1 rows are remarks"),
            "{notes}"
        );
        assert!(notes.contains("classes of 2021 are in"), "{notes}");
        assert!(!notes.contains("not the sum"), "{notes}");
    }
    // there is no ㎡ in GBK
    let m2 = |row: &&str| row.replace("land_mu=30m² ", "");
    let (found, ..) = read(&gbk, &Asked::default());
    assert_eq!(found[0], rows[0]);
    assert!(
        found[1] == rows[1] || found[1] == m2(&rows[1]),
        "{}",
        found[1]
    );
    let (found, ..) = read(
        &gbk,
        &Asked {
            encoding: Some("GB18030"),
            ..Asked::default()
        },
    );
    assert_eq!(found[0], rows[0]);
}

#[test]
fn a_total_that_is_not_the_sum_is_said() {
    let text = "企业名称,2021年税收（万元）\n甲,10\n乙,20\n小计,30\n丙,5\n小计,6\n总计,35\n";
    let (rows, account, _, notes) = read(text.as_bytes(), &Asked::default());
    assert_eq!((rows.len(), account.filtered), (3, 3));
    assert!(
        notes.contains("`6` of `2021年税收（万元）` in line 6 is not the sum"),
        "{notes}"
    );
    let above = "企业名称,2021年税收（万元）\n合计,30\n甲,10\n乙,20\n";
    assert!(
        !read(above.as_bytes(), &Asked::default())
            .3
            .contains("not the sum")
    );
}

#[test]
fn every_row_that_cannot_be_used_as_it_is_says_why() {
    let text = "序号,企业名称,信用代码,宗地代码,税收（元）,年度2021税收占比,亩均税收（万元/亩）/2021\n\
        1,甲,914403001922038216,G1,1,1%,12.5\n\
        2,甲,914403001922038216,G1,1,1%,12.5\n\
        3,乙,914403001922038216,G2,1,1%,#DIV/0!\n\
        4,丙,914403001922038217,3.31002E+17,1,1%,约5\n\
        5,丁,9.1331E+17,,1,1%,/\n\
        6,,,,1,1%,\n";
    let (rows, account, defects, notes) = read(text.as_bytes(), &Asked::default());
    assert_eq!(
        rows,
        [
            "914403001922038216 甲 [G1] tax_per_mu_wan=2021:12.5 tax 2021:0.0001",
            "914403001922038216 乙 [G2]  tax 2021:0.0001",
            "914403001922038217 丙 []  tax 2021:0.0001",
            " 丁 []  tax 2021:0.0001",
        ]
    );
    assert_eq!(
        (
            account.read,
            account.analysed,
            account.quarantined,
            account.filtered
        ),
        (6, 4, 2, 0)
    );
    let kinds: Vec<&str> = defects.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            "repeated_row",
            "error_cell",
            "different_names",
            "lost_digits",
            "unreadable_number",
            "wrong_check_digit",
            "lost_digits",
            "missing_id",
        ]
    );
    assert!(defects[4].1.contains("`约5` in line 5"), "{}", defects[4].1);
    assert!(notes.contains("2 rows name no parcel"), "{notes}");
    assert!(notes.contains("占比"), "{notes}");
}

#[test]
fn columns_are_mapped_and_filtered_by_the_names_they_have() {
    let text = "单位,代码,上缴国库数\n甲公司,91,12\n乙公司,92,13\n";
    let map = [
        ("name", "单位"),
        ("id", "代码"),
        ("tax_wan.2021", "上缴国库数"),
    ];
    let asked = Asked {
        map: &map,
        filter: Some("代码 = '92'"),
        ..Asked::default()
    };
    let (rows, account, ..) = read(text.as_bytes(), &asked);
    assert_eq!(rows, ["92 乙公司 []  tax 2021:13"]);
    assert_eq!((account.read, account.filtered), (2, 1));
    let fails = |text: &str, map: &[(&str, &str)]| {
        city(
            LayerKind::Enterprises,
            "e.csv",
            text.as_bytes(),
            &Asked {
                map,
                ..Asked::default()
            },
        )
        .unwrap_err()
    };
    let error = fails(text, &[map[0], map[1], ("tax_wan.2021", "税")]);
    assert_eq!(
        error,
        "`enterprises.tax_wan.2021=税` cannot be mapped: there is no column `税`; the layer has 单位, 代码, 上缴国库数"
    );
    assert!(fails(text, &[("colour", "单位")]).contains("has no field `colour`; it has id, name"));
    let error = fails(text, &[]);
    assert!(
        error.contains("they say `单位 | 代码 | 上缴国库数")
            && error.contains("--map enterprises.FIELD=COLUMN"),
        "{error}"
    );
    let error = fails("2021年税收,规上\n1,是\n", &[]);
    assert!(
        error.contains("no column says which enterprise")
            && error.contains("--map enterprises.id=COLUMN"),
        "{error}"
    );
    assert!(fails("", &[]).contains("empty"));
    assert!(fails("<html><table>", &[]).contains("HTML"));
    assert!(fails("PK\u{3}\u{4}junk", &[]).contains("cannot be read"));
}

#[test]
fn money_that_names_no_unit_is_taken_for_wan_only_where_it_can_be() {
    let table = |tax: &str| format!("企业名称,2021年税收,营业收入(亿元)\n甲,{tax},1.5\n");
    let (rows, .., notes) = read(table("120").as_bytes(), &Asked::default());
    assert_eq!(rows, [" 甲 [] revenue_wan=15000万元 tax 2021:120"]);
    assert!(
        notes.contains("`2021年税收` name no unit and are read as 万元"),
        "{notes}"
    );
    let (rows, .., notes) = read(table("1234567.89").as_bytes(), &Asked::default());
    assert_eq!(rows, [" 甲 [] revenue_wan=15000万元 tax "]);
    assert!(
        notes.contains("`2021年税收` not used: it names no unit"),
        "{notes}"
    );
}

#[test]
fn a_table_of_a_database_is_known_by_the_names_of_its_fields() {
    let feature = |properties: &str| {
        format!(r#"{{"type":"Feature","geometry":null,"properties":{{{properties}}}}}"#)
    };
    let rows = [
        feature(
            r#""TYSHXYDM":"914403001922038216","QYMC":"甲","ZDDM":"G1","MJPJ":"B类","NSE_2021":12.5,"YYSR_2021":"1,000.0","land_mu":3,"GS":1"#,
        ),
        feature(
            r#""TYSHXYDM":null,"QYMC":"乙","ZDDM":null,"MJPJ":"","NSE_2021":-1,"YYSR_2021":"-2","land_mu":null,"GS":0"#,
        ),
    ];
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        rows.join(",")
    );
    let city = city(
        LayerKind::Enterprises,
        "e.geojson",
        text.as_bytes(),
        &Asked::default(),
    )
    .unwrap();
    let (defects, notes) = flaws(&city);
    let rows: Vec<String> = city
        .city
        .enterprises
        .unwrap()
        .rows
        .iter()
        .map(told)
        .collect();
    assert_eq!(
        rows,
        [
            "914403001922038216 甲 [G1] evaluation_class=B above_scale=true revenue_wan=1000万元 land_mu=2000m² tax 2021:12.5",
            " 乙 [] above_scale=false tax 2021:-1",
        ]
    );
    assert_eq!(defects.len(), 1);
    assert!(
        defects[0]
            .1
            .contains("`-2` in row 2: no number of zero or more"),
        "{}",
        defects[0].1
    );
    assert!(
        notes.contains("`NSE_2021`, `YYSR_2021` name no unit"),
        "{notes}"
    );
}

#[test]
fn the_tables_of_an_invented_city_are_read_whole() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/city");
    let table = std::fs::read(root.join("enterprises.csv")).unwrap();
    let city = city(
        LayerKind::Enterprises,
        "enterprises.csv",
        &table,
        &Asked::default(),
    )
    .unwrap();
    let table = city.enterprises.as_ref().unwrap();
    assert_eq!(table.account.read, table.account.analysed);
    let first = &table.rows[0];
    assert_eq!(first.facts.names().count(), 4);
    assert_eq!((first.tax_wan.len(), first.revenue_wan.len()), (2, 2));
    assert!(
        city.remarks
            .defects
            .iter()
            .all(|defect| defect.action == Action::Noted)
    );
}

#[test]
fn a_class_is_of_the_year_that_its_heading_its_row_or_map_says() {
    let text = |head: &str| {
        format!(
            "企业名称,统一社会信用代码,{head}\n甲,914403001922038216,2021年度,B\n乙,91330100799655058B,,C\n"
        )
    };
    let asked = Asked::default();
    let (rows, ..) = read(text("评价年度,评价等级").as_bytes(), &asked);
    assert_eq!(
        rows,
        [
            "914403001922038216 甲 [] evaluation_class=2021:B tax ",
            "91330100799655058B 乙 []  tax ",
        ]
    );
    let (rows, _, _, notes) = read(text("序号,2020年度评价等级").as_bytes(), &asked);
    assert!(rows[0].contains("evaluation_class=2020:B"), "{rows:?}");
    assert!(notes.contains("classes of 2020 are in"), "{notes}");
    let map = [("evaluation_class.2022", "等级结果")];
    let asked = Asked {
        map: &map,
        ..Asked::default()
    };
    let (rows, ..) = read(text("序号,等级结果").as_bytes(), &asked);
    assert!(rows[0].contains("evaluation_class=2022:B"), "{rows:?}");
    let wrong = text("评价年度,评价等级").replace("2021年度", "前年");
    let (rows, _, defects, _) = read(wrong.as_bytes(), &Asked::default());
    assert!(!rows[0].contains("evaluation_class"), "{rows:?}");
    assert_eq!(defects.len(), 1, "{defects:?}");
}
