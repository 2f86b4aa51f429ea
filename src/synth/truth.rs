//! A city → what was planted in it, as tables that a result can be held against.

use super::city::City;
use super::contracts::Progress;
use super::dirt::{BUILDING_DIRT, BUILDING_NOTES, Flaw, PARCEL_DIRT, Planted};
use super::names::zone;
use super::parcels::Lie;
use super::records::table;
use super::rows::ScatteredRow;
use super::tables::text;
use crate::quantity::Decimal;
use crate::write::{Column, Kind, Table, Value};

impl City {
    /// `truth_parcels`, `truth_planted`, `truth_scattered`, `truth_idle` and `truth_counts`.
    pub(super) fn truth_tables(&self) -> Vec<Table<'_>> {
        vec![
            self.sum_table(),
            self.planted_table(),
            self.scattered_table(),
            self.idle_table(),
            self.count_table(),
        ]
    }

    fn planted_table(&self) -> Table<'_> {
        use Kind::{Decimal as Number, Integer, Text};
        let planted: Vec<(bool, Planted)> = self
            .parcel_dirt
            .iter()
            .map(|planted| (true, *planted))
            .chain(
                self.building_dirt
                    .iter()
                    .chain(&self.building_notes)
                    .map(|planted| (false, *planted)),
            )
            .collect();
        let (rows, all) = (planted.len(), std::sync::Arc::new(planted));
        let at = |get: fn(&(bool, Planted)) -> Value<'static>| {
            let all = all.clone();
            move |row: usize| get(&all[row])
        };
        let (own, others) = (all.clone(), all.clone());
        table(
            "truth_planted",
            "植入的缺陷",
            rows,
            vec![
                Column::new(
                    "layer",
                    "图层",
                    Text,
                    at(|(parcel, _)| if *parcel { "parcels" } else { "buildings" }.into()),
                ),
                Column::new(
                    "row",
                    "行",
                    Integer,
                    at(|(_, planted)| i64::from(planted.row).into()),
                ),
                Column::new("id", "编号", Text, move |row| {
                    let (parcel, planted) = own[row];
                    let row = planted.row as usize;
                    text(if parcel {
                        self.parcel_code(row)
                    } else {
                        self.building_code(row)
                    })
                }),
                Column::new(
                    "kind",
                    "缺陷",
                    Text,
                    at(|(_, planted)| planted.flaw.name().into()),
                ),
                Column::new("other_id", "相关编号", Text, move |row| {
                    let other = others[row]
                        .1
                        .other
                        .map(|other| other as usize % self.parcels.rows.len());
                    other.map(|other| text(self.parcels.rows[other].code()))
                }),
                Column::new(
                    "size_m",
                    "大小(米)",
                    Number(3),
                    at(|(_, planted)| {
                        planted
                            .metres
                            .and_then(|metres| Decimal::round(metres, 3))
                            .into()
                    }),
                ),
            ],
        )
    }

    fn scattered_table(&self) -> Table<'_> {
        use Kind::{Decimal as Number, Integer, Text};
        let piece = |row: usize| &self.scattered[row];
        let metres = |name, alias, places, get: fn(&ScatteredRow) -> f64| {
            Column::new(name, alias, Number(places), move |row| {
                Decimal::round(get(piece(row)), places)
            })
        };
        table(
            "truth_scattered",
            "植入的零星地块",
            self.scattered.len(),
            vec![
                Column::new("origin", "来源", Text, move |row| {
                    if piece(row).parcel.is_some() {
                        "recorded"
                    } else {
                        "unrecorded"
                    }
                }),
                Column::new("parcel_id", "宗地代码", Text, move |row| {
                    piece(row)
                        .parcel
                        .map(|parcel| text(self.parcel_code(parcel as usize)))
                }),
                Column::new("boundary_id", "调查区编号", Text, move |row| {
                    text(zone(piece(row).block))
                }),
                Column::new("kind", "类型", Text, move |row| match piece(row).lie {
                    Lie::Corner => "corner",
                    Lie::Enclosed => "enclosed",
                    Lie::Interlocked => "interlocked",
                }),
                metres("area_m2", "面积", 2, |piece| piece.area),
                metres("width_m", "宽度", 3, |piece| piece.width),
                Column::new("conforms_to_plan", "符合规划", Integer, move |row| {
                    i64::from(piece(row).conforms)
                }),
                metres("x", "X", 3, |piece| piece.at.x),
                metres("y", "Y", 3, |piece| piece.at.y),
            ],
        )
    }

    fn idle_table(&self) -> Table<'_> {
        let mut rows: Vec<(usize, &'static str)> = self
            .contracts
            .iter()
            .filter_map(|&parcel| {
                let contract = self.contract(parcel as usize);
                let state = match contract.progress {
                    Progress::Built if contract.is_complete() => return None,
                    Progress::Built if !contract.is_begun() => "supplied_not_started",
                    Progress::Overdue => "idle",
                    Progress::Waiting => "supplied_not_started",
                    Progress::Stopped => "suspected_idle",
                    Progress::Built | Progress::Building => "under_construction",
                };
                Some((parcel as usize, state))
            })
            .collect();
        let complete = |parcel: &usize| self.contract(*parcel).is_complete();
        let low_tax = self.low_tax_parcels().filter(complete);
        rows.extend(low_tax.map(|parcel| (parcel, "inefficient")));
        rows.sort_unstable();
        let (count, states) = (rows.len(), rows.clone());
        table(
            "truth_idle",
            "植入的闲置低效用地",
            count,
            vec![
                Column::new("parcel_id", "宗地代码", Kind::Text, move |row| {
                    text(self.parcel_code(rows[row].0))
                }),
                Column::new("state", "状态", Kind::Text, move |row| states[row].1),
            ],
        )
    }

    fn count_table(&self) -> Table<'_> {
        let counts = self.counts();
        let names = counts.clone();
        table(
            "truth_counts",
            "数量",
            counts.len(),
            vec![
                Column::new("what", "项目", Kind::Text, move |row| {
                    text(names[row].0.clone())
                }),
                Column::new("count", "数量", Kind::Integer, move |row| counts[row].1),
            ],
        )
    }

    fn counts(&self) -> Vec<(String, i64)> {
        let size = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let mut counts = vec![
            ("parcels".into(), size(self.parcels.rows.len())),
            ("buildings".into(), size(self.buildings.rows.len())),
            ("storeys".into(), size(self.storeys.len())),
            ("blocks".into(), size(self.boundary.rows.len())),
            (
                "scattered recorded".into(),
                size(
                    self.scattered
                        .iter()
                        .filter(|piece| piece.parcel.is_some())
                        .count(),
                ),
            ),
            (
                "scattered unrecorded".into(),
                size(
                    self.scattered
                        .iter()
                        .filter(|piece| piece.parcel.is_none())
                        .count(),
                ),
            ),
        ];
        for (layer, kinds, dirt) in [
            ("parcels", PARCEL_DIRT, &self.parcel_dirt),
            ("buildings", BUILDING_DIRT, &self.building_dirt),
            ("buildings", BUILDING_NOTES, &self.building_notes),
        ] {
            for &kind in kinds {
                let found = dirt.iter().filter(|planted| planted.flaw == kind).count();
                counts.push((format!("{layer} {}", kind.name()), size(found)));
            }
        }
        counts
    }
}

impl Flaw {
    fn name(self) -> &'static str {
        match self {
            Self::RepeatedPoint => "repeated_point",
            Self::Unclosed => "unclosed_ring",
            Self::Reversed => "reversed_ring",
            Self::Spike => "spike",
            Self::BowTie => "bow_tie",
            Self::HoleOutside => "hole_outside",
            Self::OverlappingParts => "overlapping_parts",
            Self::ZeroArea => "zero_area",
            Self::Null => "null_geometry",
            Self::Overlap => "neighbour_overlap",
            Self::Gap => "neighbour_gap",
            Self::RepeatedId => "repeated_id",
            Self::WrongParcel => "wrong_parcel_key",
            Self::AcrossLine => "across_line",
            Self::OverAnother => "over_another",
            Self::OnNoParcel => "on_no_parcel",
            Self::NoStoreys => "no_storeys",
        }
    }
}
