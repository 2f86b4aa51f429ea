//! Every parcel whose origin something says, and the earlier parcels that are gone.

use std::sync::Arc;

use super::about::Named;
use super::row_if;
use crate::features::lineage::{Basis, Lineage, Recorded, SameId};
use crate::model::FormerParcel;
use crate::parcels::Relation;
use crate::quantity::{Area, Decimal};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// A row: a parcel of today, or an earlier one that is gone, by its position in its layer.
#[derive(Clone, Copy)]
enum LineageLine {
    Today(u32),
    Gone(u32),
}

/// The rows of a table.
#[derive(Clone)]
struct LineageRows<'a> {
    scan: &'a Scan,
    lineage: &'a Lineage,
    list: Arc<[LineageLine]>,
}

/// `lineage.csv`: one row for each parcel whose origin the table or the shapes of earlier parcels say, by id, and then one
/// for each earlier parcel that no parcel of today lies on. `parents` are those that it lies on, with the share of the parcel
/// on each, where earlier parcels were given, else those of the table, without shares. `None` where neither was given.
pub fn lineage_table(scan: &Scan) -> Option<Table<'_>> {
    let lineage = scan.lineage.as_ref()?;
    let today = scan.measured.order.parcels.iter().copied();
    let today = today.filter(|at| lineage.basis(*at).is_some());
    let gone = lineage.shapes.iter().flat_map(|shapes| &shapes.gone);
    let rows: Arc<[LineageLine]> = today
        .map(LineageLine::Today)
        .chain(gone.copied().map(LineageLine::Gone))
        .collect();
    let of = LineageRows {
        scan,
        lineage,
        list: rows.clone(),
    };
    let table = Table {
        name: "lineage",
        title: "宗地变化",
        rows: rows.len(),
        columns: of.columns(),
        geometry: None,
    };
    Some(table.carrying(scan, move |row| match rows[row] {
        LineageLine::Today(at) => Named::One(at),
        LineageLine::Gone(_) => Named::None,
    }))
}

impl<'a> LineageRows<'a> {
    fn columns(&self) -> Vec<Column<'a>> {
        let truth = |truth: Option<bool>| truth.map(|is| if is { "true" } else { "false" });
        vec![
            self.text("parcel_id", "宗地代码", |of, row| match row {
                LineageLine::Today(at) => id(&of.scan.measured.city.parcels.rows[at as usize].id),
                LineageLine::Gone(at) => of.former(at).map_or(Value::Null, |former| id(&former.id)),
            }),
            self.text("relation", "来源关系", |of, row| match row {
                LineageLine::Today(at) => of.lineage.relation(at).map(Relation::name).into(),
                LineageLine::Gone(_) => Relation::GONE.into(),
            }),
            self.text("parents", "原宗地代码", Self::parents),
            self.text("shares", "占原宗地部分比例", |of, row| {
                of.shares(row)
            }),
            self.text("kind_recorded", "登记变化类型", |of, row| {
                of.joined(row, |recorded| {
                    let names = recorded.changes.iter().filter_map(|change| change.name());
                    names.map(str::to_owned).collect()
                })
            }),
            self.text("date", "变化日期", |of, row| {
                of.joined(row, |recorded| {
                    recorded.dates.iter().map(ToString::to_string).collect()
                })
            }),
            self.text("basis", "依据", |of, row| match row {
                LineageLine::Today(at) => of.lineage.basis(at).map(Basis::name).into(),
                LineageLine::Gone(_) => Basis::Geometry.name().into(),
            }),
            self.text("parents_recorded", "登记原宗地代码", |of, row| {
                of.joined(row, |recorded| {
                    recorded.parents.iter().map(ToString::to_string).collect()
                })
            }),
            self.text("same_id", "原同号宗地", |of, row| match row {
                LineageLine::Today(at) => of.same_id(at).map(SameId::name).into(),
                LineageLine::Gone(_) => Value::Null,
            }),
            self.text("product_of_split", "由分割形成", move |of, row| {
                truth(of.product(row).0).into()
            }),
            self.text("product_of_merge", "由合并形成", move |of, row| {
                truth(of.product(row).1).into()
            }),
            self.column(
                "area_registered_m2",
                "登记面积",
                Kind::Decimal(2),
                |of, row| {
                    let registered = match row {
                        LineageLine::Today(at) => {
                            of.scan.measured.city.parcels.rows[at as usize].area_registered
                        }
                        LineageLine::Gone(at) => {
                            of.former(at).and_then(|former| former.area_registered)
                        }
                    };
                    registered.map(Area::decimal).into()
                },
            ),
            self.column(
                "parcel_row",
                "输入行号",
                Kind::Integer,
                |of, row| match row {
                    LineageLine::Today(at) => {
                        let parcels = &of.scan.measured.city.parcels;
                        row_if(parcels.unclear.contains(&at), parcels.rows[at as usize].row)
                    }
                    LineageLine::Gone(at) => {
                        let before = of.scan.measured.city.before.as_ref();
                        let unclear = before.is_some_and(|before| before.unclear.contains(&at));
                        of.former(at)
                            .map_or(Value::Null, |former| row_if(unclear, former.row))
                    }
                },
            ),
        ]
    }

    fn column(
        &self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(&Self, LineageLine) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        let of = self.clone();
        Column::new(name, alias, kind, move |row| cell(&of, of.list[row]))
    }

    fn text(
        &self,
        name: &'static str,
        alias: &'static str,
        cell: impl Fn(&Self, LineageLine) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        self.column(name, alias, Kind::Text, cell)
    }

    fn former(&self, at: u32) -> Option<&'a FormerParcel> {
        self.scan
            .measured
            .city
            .before
            .as_ref()?
            .rows
            .get(at as usize)
    }

    fn parents(&self, row: LineageLine) -> Value<'a> {
        let LineageLine::Today(at) = row else {
            return Value::Null;
        };
        let Some(shapes) = &self.lineage.shapes else {
            return self.joined(row, |recorded| {
                recorded.parents.iter().map(ToString::to_string).collect()
            });
        };
        let parents = shapes.parents(at).iter();
        let names = parents.filter_map(|parent| self.former(parent.former).map(FormerParcel::name));
        list(&names.collect::<Vec<_>>())
    }

    fn shares(&self, row: LineageLine) -> Value<'a> {
        let (LineageLine::Today(at), Some(origins)) = (row, &self.lineage.shapes) else {
            return Value::Null;
        };
        let parents = origins.parents(at).iter();
        let shares: Vec<String> = parents
            .map(|parent| {
                Decimal::round(parent.share, 6).map_or_else(String::new, |share| share.to_string())
            })
            .collect();
        list(&shares)
    }

    fn joined(&self, row: LineageLine, of: fn(&Recorded) -> Vec<String>) -> Value<'a> {
        match row {
            LineageLine::Today(at) => self
                .lineage
                .recorded(at)
                .map_or(Value::Null, |recorded| list(&of(recorded))),
            LineageLine::Gone(_) => Value::Null,
        }
    }

    fn same_id(&self, at: u32) -> Option<SameId> {
        self.lineage.shapes.as_ref()?.same_ids[at as usize]
    }

    fn product(&self, row: LineageLine) -> (Option<bool>, Option<bool>) {
        match row {
            LineageLine::Today(at) => {
                let product = self.lineage.products[at as usize];
                (product.of_split, product.of_merge)
            }
            LineageLine::Gone(_) => (None, None),
        }
    }
}

fn id(id: &str) -> Value<'_> {
    Some(id).filter(|id| !id.is_empty()).into()
}

/// Joined by `;`; null where there is none.
fn list(items: &[String]) -> Value<'static> {
    if items.is_empty() {
        return Value::Null;
    }
    Value::Text(items.join(";").into())
}
