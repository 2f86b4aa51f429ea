//! The parcels of a merge (合并) → whether their rights are alike, whether they are one piece, the term they will share.

use jiff::civil::Date;

use super::measure::{DAY, Measure, TRUTH, new};
use super::subject::{Lack, Measured, Subject, all, truth};
use crate::law::facts::Record;
use crate::quantity::{Exact, Figure};

pub(super) const MEASURES: &[Measure] = &[
    new(
        "merge_same_right",
        "权属性质、使用权类型一致",
        "the rights are alike",
        TRUTH,
        &[],
        same_right,
    )
    .asking(&[&["parcel", "parcel.right_type", "parcel.right_nature"]]),
    new(
        "merge_all_industrial",
        "均为工业用地",
        "all parcels are industrial",
        TRUTH,
        &[],
        all_industrial,
    )
    .asking(&[&["parcel", "parcel.land_use"]]),
    new(
        "merge_connected",
        "界线相邻",
        "shared boundaries join all parcels",
        TRUTH,
        &["snap"],
        connected,
    )
    .asking(&[&["parcel", "shared_edges", "parameter snap_gap_m"]]),
    new(
        "merge_snapped",
        "合拢了数字化间隙",
        "a digitising gap was closed",
        TRUTH,
        &[],
        snapped,
    )
    .asking(&[&["parcel", "shared_edges"]]),
    new(
        "merge_term",
        "剩余最短年限",
        "earliest end of term",
        DAY,
        &[],
        term,
    )
    .asking(&[&["parcel", "parcel.term_end"]]),
];

fn parcels<'a>(s: &Subject<'a>) -> Result<&'a [Record], Lack> {
    let parcels = s.list("parcel");
    if parcels.len() < 2 {
        Err(Lack::of("parcel"))
    } else {
        Ok(parcels)
    }
}

/// Whether all have the same 权利类型 and 权利性质.
pub(super) fn same_right(s: &Subject<'_>) -> Measured {
    let parcels = parcels(s)?;
    let alike = |name: &'static str| {
        s.ask(name);
        let rights = parcels
            .iter()
            .map(|parcel| parcel.figure(name).ok_or_else(|| s.lack_in(parcel, name)));
        let known: Vec<_> = rights.clone().flatten().collect();
        // two that differ decide, whatever the others are
        if known.windows(2).any(|pair| pair[0] != pair[1]) {
            return Ok(false);
        }
        rights.collect::<Result<Vec<_>, _>>().map(|_| true)
    };
    truth(all([
        alike("parcel.right_type"),
        alike("parcel.right_nature"),
    ]
    .into_iter())?)
}

/// Whether all are industrial.
pub(super) fn all_industrial(s: &Subject<'_>) -> Measured {
    s.ask("parcel.land_use");
    let industrial = |parcel: &Record| match parcel.figure("parcel.land_use") {
        Some(Figure::Word(word)) => Ok(word == "industrial"),
        _ => Err(s.lack_in(parcel, "parcel.land_use")),
    };
    truth(all(parcels(s)?.iter().map(industrial))?)
}

/// Whether shared boundaries join all parcels to one piece: a corner is none, a digitising gap is one only when snapped.
pub(super) fn connected(s: &Subject<'_>) -> Measured {
    let parcels = parcels(s)?;
    let edges = s
        .facts
        .shared_edges
        .as_deref()
        .ok_or_else(|| Lack::of("shared_edges"))?;
    let snap = s.parameter("snap_gap_m").unwrap_or(Exact::ZERO);
    let within = |most: Exact| {
        let joined = edges
            .iter()
            .filter(|edge| edge.length_m > Exact::ZERO && edge.gap_m <= most);
        is_one_piece(parcels.len(), joined.map(|edge| edge.between))
    };
    let touching = within(Exact::ZERO);
    if touching || !within(snap) {
        return truth(touching);
    }
    if s.choice("snap") == "off" {
        return Err(Lack::of("shared_edges"));
    }
    s.note(
        format!("界线间隙不超过 {snap} m，按数字化误差合拢"),
        format!("a gap of at most {snap} m is taken for a digitising error and closed"),
    );
    truth(true)
}

/// Whether edges join all of `count` parcels.
fn is_one_piece(count: usize, edges: impl Iterator<Item = (usize, usize)>) -> bool {
    let mut leader: Vec<usize> = (0..count).collect();
    let mut pieces = count;
    for (a, b) in edges.filter(|(a, b)| *a < count && *b < count) {
        let (a, b) = (led_by(&mut leader, a), led_by(&mut leader, b));
        if a != b {
            leader[a] = b;
            pieces -= 1;
        }
    }
    pieces == 1
}

/// Who leads the piece of a parcel; the way there is shortened.
fn led_by(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// Whether a gap had to be closed to join the parcels.
pub(super) fn snapped(s: &Subject<'_>) -> Measured {
    let count = parcels(s)?.len();
    let edges = s
        .facts
        .shared_edges
        .as_deref()
        .ok_or_else(|| Lack::of("shared_edges"))?;
    let touching = edges
        .iter()
        .filter(|edge| edge.length_m > Exact::ZERO && edge.gap_m == Exact::ZERO);
    truth(!is_one_piece(count, touching.map(|edge| edge.between)))
}

/// 剩余最短年限: the earliest end of term; every parcel that loses time is named.
pub(super) fn term(s: &Subject<'_>) -> Measured {
    let parcels = parcels(s)?;
    s.ask("parcel.term_end");
    let ends = parcels
        .iter()
        .map(|parcel| match parcel.figure("parcel.term_end") {
            Some(Figure::Day(day)) => Ok(*day),
            _ => Err(s.lack_in(parcel, "parcel.term_end")),
        });
    let ends = ends.collect::<Result<Vec<Date>, _>>()?;
    let first = ends
        .iter()
        .min()
        .copied()
        .ok_or_else(|| Lack::of("parcel.term_end"))?;
    for (at, end) in ends.iter().enumerate().filter(|(_, end)| **end > first) {
        let days = end.since(first).map_or(0, |span| span.get_days());
        let name = match parcels[at].figure("parcel.id") {
            Some(Figure::Word(id)) => id.to_string(),
            _ => format!("#{}", at + 1),
        };
        let years = Exact::fraction(days.into(), 365).and_then(|years| years.decimal(2));
        let years = years.map_or(String::new(), |years| years.to_string());
        s.note(
            format!("宗地 {name} 的剩余年限减少 {days} 天（约 {years} 年）"),
            format!("parcel {name} loses {days} days of its term (about {years} years)"),
        );
    }
    Ok(Figure::Day(first).into())
}
