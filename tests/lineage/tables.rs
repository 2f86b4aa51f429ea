//! Tables of splits and merges as offices write them.

use plotratio::model::{Account, City, LayerKind, RecordedChange};
use plotratio::read::{Inputs, Mappings};

use super::request;
use crate::read_city::ReadCity;

/// A city of one parcel `A`, with a table of lineage.
fn with_table(name: &str, table: &[u8], map: &[(&str, &str)]) -> Result<ReadCity, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let parcel = "id,WKT\nA,\"POLYGON((636000 3165000,636100 3165000,636100 3165100,636000 3165100,636000 3165000))\"\n";
    std::fs::write(path("parcels.csv"), parcel).unwrap();
    std::fs::write(path(name), table).unwrap();
    let map = map
        .iter()
        .map(|(field, column)| ((LayerKind::Lineage, (*field).into()), (*column).into()));
    let inputs = Inputs {
        mappings: map.collect::<Mappings>(),
        ..Inputs::of(request(&path("parcels.csv"), Some("EPSG:4549")))
            .with(LayerKind::Lineage, Some(request(&path(name), None)))
    };
    ReadCity::of(&inputs).map_err(|why| why.to_string())
}

/// Child, parents, kind, day.
fn told(city: &City) -> Vec<(String, String, RecordedChange, String)> {
    let rows = &city.lineage.as_ref().unwrap().rows;
    rows.iter()
        .map(|row| {
            (
                row.parcel_id.to_string(),
                row.parents.join(" "),
                row.change,
                row.date.map_or_else(String::new, |day| day.to_string()),
            )
        })
        .collect()
}

#[test]
fn a_table_is_read_by_its_chinese_names_and_by_those_of_the_standard() {
    use RecordedChange::{Merge, Split, Unreadable, Unsaid};
    let row = |child: &str, parents: &str, change, day: &str| {
        (child.to_owned(), parents.to_owned(), change, day.to_owned())
    };
    let table = "变更后宗地代码,变更前宗地代码,变更类型,变更日期\nA,X、Y,合并,2019年6月15日\nB,Z,分割,20190615\nC,Z,,\n";
    let rows = [
        row("A", "X Y", Merge, "2019-06-15"),
        row("B", "Z", Split, "2019-06-15"),
        row("C", "Z", Unsaid, ""),
    ];
    assert_eq!(
        told(&with_table("t.csv", table.as_bytes(), &[]).unwrap()),
        rows
    );
    let (gbk, _, _) = encoding_rs::GBK.encode(table);
    assert_eq!(told(&with_table("t.csv", &gbk, &[]).unwrap()), rows);
    // ZDBHQK names no parents: the reason tells the kind
    let standard = "BSM,ZDDM,BHYY,BHNR,DJSJ\n1,A,宗地分割,由原宗地分割,2019-06-15\n2,A,变更,,\n";
    let city = with_table("ZDBHQK.csv", standard.as_bytes(), &[]).unwrap();
    assert_eq!(
        told(&city),
        [
            row("A", "", Split, "2019-06-15"),
            row("A", "", Unreadable, "")
        ]
    );
    let note = city
        .remarks
        .notes
        .iter()
        .find(|note| note.starts_with("lineage"));
    assert!(
        note.unwrap().contains("`BHYY` says `变更` in 1 rows"),
        "{note:?}"
    );
    let own = "child,from\nA,X|Y\n";
    let map = [("parcel_id", "child"), ("parents", "from")];
    let city = with_table("t.csv", own.as_bytes(), &map).unwrap();
    assert_eq!(told(&city), [row("A", "X Y", Unsaid, "")]);
}

#[test]
fn rows_that_say_nothing_are_defects_and_counted() {
    let table =
        "parcel_id,parents,kind,date\nA,X,split,soon\n,X,split,\nB,,,2019-01-01\nC,,merge,长期\n";
    let city = with_table("t.csv", table.as_bytes(), &[]).unwrap();
    let account = city.lineage.as_ref().unwrap().account;
    let expected = Account {
        read: 4,
        analysed: 3,
        quarantined: 1,
        ..Account::default()
    };
    assert_eq!(account, expected);
    let defects: Vec<_> = (city.remarks.defects)
        .iter()
        .map(|defect| {
            (
                defect.feature.as_str(),
                defect.kind.name(),
                defect.action.name(),
            )
        })
        .collect();
    assert_eq!(
        defects,
        [
            ("row 0", "unreadable_date", "noted"),
            ("row 1", "missing_id", "quarantined"),
            ("row 2", "no_parents", "noted"),
        ]
    );
}

#[test]
fn a_table_that_cannot_serve_says_what_it_lacks() {
    let refused = |table: &str| with_table("t.csv", table.as_bytes(), &[]).unwrap_err();
    let why = refused("a,parents\nA,B\n");
    assert!(
        why.contains("no column says which parcel came to be; it has a, parents (`--map lineage.parcel_id=COLUMN`)"),
        "{why}"
    );
    let why = refused("parcel_id,b\nA,B\n");
    assert!(why.contains("what a parcel came from"), "{why}");
}
