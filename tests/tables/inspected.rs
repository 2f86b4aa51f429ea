//! What `inspect` says of a table of an office.

use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, Mappings, inspect};

use super::request;

/// What a table is taken for, and each of its columns with its unit.
fn looked_at(text: &str) -> (&'static str, Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    std::fs::write(&path, text).unwrap();
    let request = request(&path, None, None);
    let inputs = Inputs {
        mappings: Mappings::new(),
        ..Inputs::of(request.clone())
    };
    let found = inspect(None, &request, &inputs, &Unwatched).unwrap();
    let field = |field: &plotratio::read::FieldFacts| {
        let taken = field.taken_for.as_deref().unwrap_or("-");
        let unit = field.unit.as_deref().unwrap_or_default();
        format!(
            "{}: {taken} {unit} {}",
            field.name,
            field.example.as_deref().unwrap_or_default()
        )
    };
    (
        found.kind,
        found.fields.iter().map(field).collect(),
        found.notes.join("\n"),
    )
}

#[test]
fn a_table_is_known_by_what_only_its_kind_has() {
    let (kind, fields, notes) = looked_at(
        "2021年企业情况,,\n企业名称,税收（元）,营业收入,占地（平方米）\n甲,\"1,000\",12,30\n",
    );
    assert_eq!(kind, "enterprises");
    assert_eq!(
        fields,
        [
            "企业名称: name  甲",
            "税收（元）: tax_wan.2021 0.0001 万元 1,000",
            "营业收入: revenue_wan.2021 万元 12",
            "占地（平方米）: land_mu m² 30",
        ]
    );
    assert!(
        notes.contains("`营业收入` name no unit and are read as 万元"),
        "{notes}"
    );
    assert_eq!(
        looked_at("宗地代码,约定动工时间\nG1,2020-01-01\n").0,
        "contracts"
    );
    // other tables are taken for what they were taken for before
    assert_eq!(looked_at("ZRZH,SJC,CJZMJ\nF1,1,10\n").0, "storeys");
    assert_eq!(looked_at("宗地代码,原宗地代码\nA,B\n").0, "lineage");
}
