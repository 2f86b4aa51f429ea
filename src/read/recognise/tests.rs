//! Columns by their names, aliases, units and cut names.

use super::*;

fn fields(names: &[&str]) -> Vec<Field> {
    names.iter().map(|&name| Field::text(name)).collect()
}

fn found(kind: LayerKind, names: &[&str], mappings: &Mappings) -> Vec<(&'static str, String, Why)> {
    let recognised = recognise(kind, &fields(names), mappings).unwrap();
    recognised
        .slots
        .into_iter()
        .map(|slot| (slot.field, slot.name, slot.why))
        .collect()
}

#[test]
fn look_alikes_are_told_apart() {
    let names = found(
        LayerKind::Buildings,
        &["ZDDM", "ZRZH", "ZZDMJ", "ZYDMJ", "dscs"],
        &Mappings::new(),
    );
    assert_eq!(
        names,
        [
            ("id", "ZRZH".into(), Why::Name),
            ("parcel_id", "ZDDM".into(), Why::Name),
            ("storeys", "dscs".into(), Why::Name),
            ("footprint", "ZZDMJ".into(), Why::Name),
        ]
    );
}

#[test]
fn a_mapping_wins_and_a_wrong_one_says_what_there_is() {
    let mapping = |field: &str, column: &str| {
        Mappings::from([((LayerKind::Parcels, field.into()), column.into())])
    };
    assert_eq!(
        found(LayerKind::Parcels, &["ZDDM", "PID"], &mapping("id", "PID"))[0],
        ("id", "PID".into(), Why::Mapped)
    );
    let error = recognise(
        LayerKind::Parcels,
        &fields(&["ZDDM"]),
        &mapping("id", "PID"),
    )
    .unwrap_err()
    .to_string();
    assert_eq!(
        error,
        "`parcels.id=PID` cannot be mapped: there is no column `PID`; the layer has ZDDM"
    );
    let error = recognise(
        LayerKind::Parcels,
        &fields(&["ZDDM"]),
        &mapping("colour", "ZDDM"),
    )
    .unwrap_err()
    .to_string();
    assert!(
        error.contains("`parcels` has no field `colour`; it has id, owner"),
        "{error}"
    );
}

#[test]
fn what_numbers_the_unit_numbers_the_parcel_too() {
    let names = found(LayerKind::Parcels, &["BDCDYH", "ZL"], &Mappings::new());
    let column = |name: &str| name.to_owned();
    assert_eq!(
        names,
        [
            ("id", column("BDCDYH"), Why::Name),
            ("location", column("ZL"), Why::Name),
            ("unit_number", column("BDCDYH"), Why::Name),
        ]
    );
    let names = found(LayerKind::Parcels, &["不动产单元"], &Mappings::new());
    assert_eq!(names, [("id", column("不动产单元"), Why::Cut)]);
    let names = found(
        LayerKind::Parcels,
        &["ZDDM", "不动产单元"],
        &Mappings::new(),
    );
    assert_eq!(names[1], ("unit_number", column("不动产单元"), Why::Cut));
}

#[test]
fn a_unit_behind_a_heading_is_one_of_its_field() {
    let names = [
        "建筑高度(层)",
        "地上层数（层）",
        "层高（m）",
        "建筑面积(亩)",
    ];
    let names = found(LayerKind::Buildings, &names, &Mappings::new());
    let fields: Vec<_> = names.iter().map(|(field, ..)| *field).collect();
    assert_eq!(fields, ["storeys", "storey_height", "floor_area"]);
}

#[test]
fn a_cut_name_that_fits_two_fields_is_neither() {
    let names = found(LayerKind::Plan, &["容积率", "建筑密"], &Mappings::new());
    assert_eq!(names, [("plot_ratio", "容积率".into(), Why::Name)]);
    assert!(found(LayerKind::Parcels, &["使用权"], &Mappings::new()).is_empty());
}

#[test]
fn a_name_cut_by_a_file_that_fits_several_fields_says_them_all() {
    let cut = |kind, names: &[&str], mappings: &Mappings| {
        let mut fields = fields(names);
        for field in &mut fields {
            field.may_be_cut = field.name.len() > 7;
        }
        let found = recognise(kind, &fields, mappings).unwrap();
        let slots = found.slots.iter();
        let slots: Vec<_> = slots.map(|slot| (slot.field, slot.name.clone())).collect();
        let unclear = found.unclear.into_iter();
        let unclear: Vec<_> = unclear.map(|one| (one.name, one.may_be)).collect();
        (slots, unclear)
    };
    let plan = ["id", "plot_ratio", "plot_rat_1", "density_ma"];
    let all = vec!["plot_ratio_min", "plot_ratio_max", "plot_ratio"];
    let (slots, unclear) = cut(LayerKind::Plan, &plan, &Mappings::new());
    assert_eq!(
        slots,
        [("id", "id".into()), ("density_max", "density_ma".into())]
    );
    assert_eq!(
        unclear,
        [
            ("plot_ratio".into(), all.clone()),
            ("plot_rat_1".into(), all)
        ]
    );
    let min = (
        (LayerKind::Plan, "plot_ratio_min".into()),
        "plot_ratio".into(),
    );
    let (slots, unclear) = cut(LayerKind::Plan, &plan, &Mappings::from([min]));
    assert!(
        slots.contains(&("plot_ratio_max", "plot_rat_1".into())),
        "{slots:?}"
    );
    assert_eq!(unclear, []);
    let none = (
        (LayerKind::Plan, IGNORE.into()),
        "plot_ratio\nPLOT_RAT_1".into(),
    );
    let (slots, unclear) = cut(LayerKind::Plan, &plan, &Mappings::from([none]));
    assert_eq!((slots.len(), unclear.len()), (2, 0));
    // the bound of 容积率 is all that three characters of UTF-8 leave open
    let (_, unclear) = cut(LayerKind::Plan, &["容积率"], &Mappings::new());
    assert_eq!(
        unclear[0].1,
        ["plot_ratio_min", "plot_ratio_max", "plot_ratio"]
    );
    // a whole name of which no other says the bound is trusted
    let (slots, _) = cut(
        LayerKind::Buildings,
        &["floor_area", "storeys_to"],
        &Mappings::new(),
    );
    assert_eq!(
        slots,
        [
            ("storeys_total", "storeys_to".into()),
            ("floor_area", "floor_area".into())
        ]
    );
}

#[test]
fn names_cut_by_a_shapefile_are_known() {
    let names = found(
        LayerKind::Buildings,
        &["实测建筑面", "自然幢"],
        &Mappings::new(),
    );
    assert_eq!(
        names,
        [
            ("id", "自然幢".into(), Why::Cut),
            ("floor_area", "实测建筑面".into(), Why::Cut)
        ]
    );
}
