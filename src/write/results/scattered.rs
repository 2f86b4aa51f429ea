//! Every piece of scattered land (零星地块), what it is, what it borders, and who could have it.

use rustc_hash::FxHashMap;

use super::about::of_pieces;
use crate::features::scattered::{Bar, Link, Piece, PieceKind};
use crate::features::upgrade::SiteUpgrade;
use crate::features::upgrade::upgrade_rule;
use crate::geometry::ShapeRef;
use crate::quantity::{Area, Decimal};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, TableGeometry, Value};

/// `scattered.*`: recorded pieces by the order of parcels, then given ones by id, then unrecorded ones by place. `sites` are
/// the industrial sites among the neighbours, `shared_m` the boundary shared with each, in the same order.
pub fn scattered_table(scan: &Scan) -> Table<'_> {
    let pieces = &scan.pieces.found.pieces;
    let mut columns = identity(scan);
    columns.extend(form(scan));
    columns.extend(surroundings(scan));
    columns.push(column(
        scan,
        "conforms_to_plan",
        "符合规划",
        Kind::Text,
        |_, piece| piece.conforms.map(truth).into(),
    ));
    let takers = &scan.upgrades.takers;
    columns.push(Column::new(
        "allocated_to",
        "配置宗地",
        Kind::Text,
        move |row| {
            takers[row].map(|parcel| {
                Value::Text(
                    scan.measured.city.parcels.rows[parcel as usize]
                        .name()
                        .into(),
                )
            })
        },
    ));
    let sites: FxHashMap<u32, &SiteUpgrade> = scan
        .upgrades
        .sites
        .iter()
        .map(|site| (site.parcel, site))
        .collect();
    let has_rule =
        upgrade_rule(&scan.measured.options.policy, scan.measured.options.as_of).is_some();
    columns.push(Column::new(
        "not_allotted",
        "不参与配置原因",
        Kind::Text,
        move |row| why_not(scan, row, has_rule, &sites),
    ));
    columns.push(Column::new("why", "判别依据", Kind::Text, move |row| {
        Value::Text(why(&pieces[row]).into())
    }));
    let table = Table {
        name: "scattered",
        title: "零星地块",
        rows: pieces.len(),
        columns,
        geometry: Some(shapes(scan)),
    };
    of_pieces(table, scan)
}

fn column<'a>(
    scan: &'a Scan,
    name: &'static str,
    alias: &'static str,
    kind: Kind,
    cell: impl Fn(&'a Scan, &'a Piece) -> Value<'a> + Sync + 'a,
) -> Column<'a> {
    let pieces = &scan.pieces.found.pieces;
    Column::new(name, alias, kind, move |row| cell(scan, &pieces[row]))
}

fn identity(scan: &Scan) -> Vec<Column<'_>> {
    let land = &scan.pieces.land;
    vec![
        column(scan, "piece_id", "地块编号", Kind::Text, |_, piece| {
            Some(piece.id.as_str()).filter(|id| !id.is_empty()).into()
        }),
        column(scan, "origin", "来源", Kind::Text, |_, piece| {
            piece.origin.name().into()
        }),
        column(scan, "kind", "类型", Kind::Text, |_, piece| {
            piece.kind.name().into()
        }),
        Column::new("area_m2", "面积_平方米", Kind::Decimal(2), move |row| {
            land[row].map(Area::decimal)
        }),
        Column::new("area_mu", "面积_亩", Kind::Decimal(4), move |row| {
            land[row].map(Area::mu)
        }),
    ]
}

fn form(scan: &Scan) -> [Column<'_>; 2] {
    [
        column(
            scan,
            "width_m",
            "宽度_米",
            Kind::Decimal(3),
            |_, piece| {
                piece
                    .width_m
                    .and_then(|width| Decimal::round(width, 3))
                    .into()
            },
        ),
        column(
            scan,
            "compactness",
            "紧凑度",
            Kind::Decimal(6),
            |_, piece| Decimal::round(piece.compactness, 6).into(),
        ),
    ]
}

fn surroundings(scan: &Scan) -> Vec<Column<'_>> {
    let share = |name, alias, of: fn(&Piece) -> f64| {
        column(scan, name, alias, Kind::Decimal(6), move |_, piece| {
            Decimal::round(of(piece), 6).into()
        })
    };
    vec![
        column(
            scan,
            "neighbours",
            "相邻宗地",
            Kind::Text,
            |scan, piece| joined(piece.neighbours.iter().map(|at| name(scan, *at))),
        ),
        column(
            scan,
            "sites",
            "相邻工业宗地",
            Kind::Text,
            |scan, piece| joined(piece.links.iter().map(|link| name(scan, link.parcel))),
        ),
        column(
            scan,
            "shared_m",
            "共边长度_米",
            Kind::Text,
            |_, piece| {
                joined(
                    piece
                        .links
                        .iter()
                        .map(|link| format!("{:.3}", link.shared_m)),
                )
            },
        ),
        column(scan, "across", "间隔", Kind::Text, |scan, piece| {
            joined(piece.links.iter().filter_map(|link| across(scan, link)))
        }),
        share("site_share", "工业宗地边长占比", |piece| {
            piece.sides.sites
        }),
        share("parcel_share", "其他宗地边长占比", |piece| {
            piece.sides.parcels
        }),
        share("open_share", "无宗地边长占比", |piece| {
            piece.sides.open
        }),
        column(
            scan,
            "changes",
            "边界交替次数",
            Kind::Integer,
            |_, piece| i64::from(piece.sides.changes).into(),
        ),
    ]
}

fn name(scan: &Scan, parcel: u32) -> String {
    scan.measured.city.parcels.rows[parcel as usize].name()
}

/// What separates a piece from a site: `33100 2.50 m ditch 东河`.
fn across(scan: &Scan, link: &Link) -> Option<String> {
    let across = link.across.as_ref()?;
    let obstacle = &scan.measured.city.obstacles.as_ref()?.rows[across.obstacle as usize];
    let kind = obstacle.kind.map(crate::model::ObstacleKind::name);
    let words = [kind, obstacle.name.as_deref()].into_iter().flatten();
    let words: Vec<&str> = words.collect();
    Some(format!(
        "{} {:.3} m {}",
        name(scan, link.parcel),
        across.gap_m,
        words.join(" ")
    ))
}

/// Why a piece is proposed to nobody.
fn why_not(
    scan: &Scan,
    at: usize,
    has_rule: bool,
    sites: &FxHashMap<u32, &SiteUpgrade>,
) -> Option<&'static str> {
    let (piece, land) = (&scan.pieces.found.pieces[at], scan.pieces.land[at]);
    if scan.upgrades.takers[at].is_some() {
        return None;
    }
    let beside: Vec<&SiteUpgrade> = piece
        .links
        .iter()
        .filter_map(|link| sites.get(&link.parcel).copied())
        .collect();
    let wanted_otherwise = (piece.conforms == Some(false)).then_some("plan_use");
    Some(piece.bar.map(Bar::name).or(wanted_otherwise).unwrap_or({
        if !has_rule {
            "no_rule"
        } else if piece.links.is_empty() {
            "no_site"
        } else if beside.is_empty() {
            "site_without_building"
        } else if land.is_some_and(|land| beside.iter().all(|site| site.most_m2 < land)) {
            "over_cap"
        } else {
            "not_chosen"
        }
    }))
}

/// What decided the kind, in Chinese: the shares and how often the boundary alternates.
fn why(piece: &Piece) -> String {
    let sides = &piece.sides;
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    format!(
        "{}：边界{}沿工业宗地、{}沿其他宗地、{}不沿宗地，与{}宗宗地接边，交替{}次{}",
        zh(piece),
        percent(sides.sites),
        percent(sides.parcels),
        percent(sides.open),
        sides.touching,
        sides.changes,
        piece
            .width_m
            .map_or(String::new(), |width| format!("，最宽处{width:.2}米"))
    )
}

const fn zh(piece: &Piece) -> &'static str {
    match piece.kind {
        PieceKind::Corner => "边角地",
        PieceKind::Enclosed => "夹心地",
        PieceKind::Interlocked => "插花地",
        PieceKind::Other => "其他",
    }
}

const fn truth(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

fn joined<'a>(texts: impl Iterator<Item = String>) -> Value<'a> {
    let joined = texts.collect::<Vec<_>>().join(";");
    if joined.is_empty() {
        Value::Null
    } else {
        Value::Text(joined.into())
    }
}

fn shapes(scan: &Scan) -> TableGeometry<'_> {
    let pieces = &scan.pieces;
    TableGeometry {
        crs: &scan.measured.city.crs,
        plane: Box::new(move |row| -> ShapeRef<'_> { pieces.found.shapes.get(row) }),
        degrees: Some(Box::new(move |row| pieces.areas.degrees.get(row))),
    }
}
