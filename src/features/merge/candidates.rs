//! The parcels of a scan → those that could be merged, and the boundaries that join two of them.

use compact_str::CompactString;
use rayon::prelude::*;

use super::bonds::{BondKind, bond, snap_gap_m};
use super::facts::parcel_record;
use super::figures::PartFigures;
use crate::features::Known;
use crate::geometry::{ContactKind, Scratch};
use crate::law::LandUse;
use crate::model::LandStatus;
use crate::parcels::Pair;
use crate::quantity::Figure;

/// Two records that both cover more than this share of the smaller one claim the same land, which the register must
/// settle before anything can be merged.
const SAME_LAND: f64 = 0.01;

/// The right to a parcel, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Right {
    /// 权利类型.
    pub(super) kind: Option<CompactString>,
    /// 权利性质.
    pub(super) nature: Option<CompactString>,
}

impl Right {
    /// Whether both are known of something, and it is not the same.
    pub(super) fn differs(&self, other: &Self) -> bool {
        let differ = |one: &Option<CompactString>, other: &Option<CompactString>| {
            one.is_some() && other.is_some() && one != other
        };
        differ(&self.kind, &other.kind) || differ(&self.nature, &other.nature)
    }

    pub(super) fn is_known(&self) -> bool {
        self.kind.is_some() && self.nature.is_some()
    }
}

/// A parcel that could be merged.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) right: Right,
    /// 权利人; `None` when nobody says.
    pub(super) owner: Option<CompactString>,
    pub(super) figures: PartFigures,
}

/// A boundary that joins two parcels, by their places in the order of parcels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) shared_m: f64,
}

/// What could be merged.
pub(super) struct Candidates {
    /// By place in the order of parcels; `None` for one that is not to be merged.
    pub(super) at: Vec<Option<Candidate>>,
    /// In order.
    pub(super) links: Vec<Link>,
    /// What a reader of the proposals must know.
    pub(super) notes: Vec<String>,
}

/// What two neighbours are to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Candidacy {
    Joined(Link),
    SameLand,
    RightsDiffer,
    Nothing,
}

impl Candidacy {
    fn link(&self) -> Option<Link> {
        match self {
            Self::Joined(link) => Some(*link),
            _ => None,
        }
    }
}

/// Why a parcel is no candidate.
pub(super) fn why_not(known: Known<'_>, at: u32) -> Option<&'static str> {
    let parcel = &known.measured.city.parcels.rows[at as usize];
    if parcel.land_use != Some(LandUse::Industrial) {
        Some("is not known to be industrial land")
    } else if parcel.status == Some(LandStatus::Unallotted) {
        Some("has not been granted to anybody")
    } else if parcel
        .term_end
        .is_some_and(|end| end <= known.measured.options.as_of)
    {
        Some("has a term that has ended")
    } else {
        None
    }
}

impl Candidates {
    /// All industrial parcels that somebody holds, in use or not, whose term has not ended, as far as `wanted`; and what
    /// joins two of them whose rights are not known to differ.
    pub(super) fn of(
        known: Known<'_>,
        wanted: impl Fn(&Candidate, &Candidate) -> bool + Sync,
    ) -> Self {
        let at: Vec<Option<Candidate>> = known
            .measured
            .order
            .parcels
            .par_iter()
            .map(|at| why_not(known, *at).is_none().then(|| candidate(known, *at)))
            .collect();
        let candidate_at =
            |parcel: u32| at[known.measured.order.place[parcel as usize] as usize].as_ref();
        let tolerance = known.measured.options.reach.tolerance;
        let snap = snap_gap_m(known);
        let found: Vec<Candidacy> = known
            .measured
            .neighbours
            .pairs
            .par_iter()
            .with_min_len(1024)
            .filter(|pair| pair.contact.kind != ContactKind::Point)
            .map_init(Scratch::default, |scratch, pair| {
                let (Some(one), Some(other)) = (candidate_at(pair.a), candidate_at(pair.b)) else {
                    return Candidacy::Nothing;
                };
                if !wanted(one, other) {
                    return Candidacy::Nothing;
                }
                if claims_same_land(known, pair) {
                    return Candidacy::SameLand;
                }
                if one.right.differs(&other.right) {
                    return Candidacy::RightsDiffer;
                }
                let shared_m = if pair.contact.kind == ContactKind::Edge && tolerance <= snap {
                    Some(pair.contact.shared)
                } else {
                    bond(known, pair, scratch)
                        .filter(|bond| bond.kind == BondKind::Overlap || bond.gap_m <= snap)
                        .map(|bond| bond.length_m)
                };
                let place = |at: u32| known.measured.order.place[at as usize];
                shared_m.map_or(Candidacy::Nothing, |shared_m| {
                    Candidacy::Joined(Link {
                        a: place(pair.a),
                        b: place(pair.b),
                        shared_m,
                    })
                })
            })
            .collect();
        let count = |of: Candidacy| found.iter().filter(|found| **found == of).count();
        let mut notes = Vec::new();
        let (same_land, differ) = (count(Candidacy::SameLand), count(Candidacy::RightsDiffer));
        if same_land > 0 {
            notes.push(format!("merges: {same_land} pairs of parcels claim the same land (over {} % of the smaller); they are not proposed before the register settles it", SAME_LAND * 100.0));
        }
        if differ > 0 {
            notes.push(format!(
                "merges: {differ} pairs of neighbours have rights that differ, and are not merged"
            ));
        }
        notes.extend(ended(known));
        Self {
            links: found.iter().filter_map(Candidacy::link).collect(),
            at,
            notes,
        }
    }
}

fn candidate(known: Known<'_>, at: u32) -> Candidate {
    let facts = parcel_record(known, at);
    let word = |name: &str| match facts.figure(name) {
        Some(Figure::Word(word)) => Some(word.clone()),
        _ => None,
    };
    let owner = known.measured.city.parcels.rows[at as usize]
        .owner
        .as_deref();
    Candidate {
        right: Right {
            kind: word("parcel.right_type"),
            nature: word("parcel.right_nature"),
        },
        owner: owner.and_then(holder),
        figures: PartFigures::of(known, at),
    }
}

/// The name of a holder; signs and words that stand for none are none, so that nobody is joined by them.
fn holder(name: &str) -> Option<CompactString> {
    const NOBODY: [&str; 9] = [
        "无", "未知", "不详", "空", "待定", "none", "null", "unknown", "n/a",
    ];
    let name = name.trim();
    let says_something = name.chars().any(char::is_alphanumeric);
    let nobody = NOBODY.iter().any(|of| of.eq_ignore_ascii_case(name));
    (says_something && !nobody && name.chars().any(|c| c != '0')).then(|| name.into())
}

/// Whether two parcels cover so much ground together that one record of it must be wrong.
fn claims_same_land(known: Known<'_>, pair: &Pair) -> bool {
    let plane = |at: u32| known.measured.areas.plane_m2[at as usize];
    pair.contact.overlap > SAME_LAND * plane(pair.a).min(plane(pair.b))
}

/// Says how many parcels have no term left to merge.
fn ended(known: Known<'_>) -> Option<String> {
    let parcels = 0..u32::try_from(known.measured.city.parcels.rows.len()).unwrap_or(u32::MAX);
    let ended = parcels
        .filter(|at| why_not(known, *at).is_some_and(|why| why.contains("term")))
        .count();
    (ended > 0).then(|| {
        format!(
            "merges: {ended} industrial parcels have a term that has ended, and are not proposed"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_for_nobody_join_nobody() {
        for nobody in ["", " ", "/", "-", "无", "未知", "NULL", "0", "——"] {
            assert_eq!(holder(nobody), None, "{nobody}");
        }
        assert_eq!(holder(" 台州A公司 ").as_deref(), Some("台州A公司"));
    }

    #[test]
    fn rights_differ_only_where_both_are_known() {
        let right = |kind: Option<&str>, nature: Option<&str>| Right {
            kind: kind.map(Into::into),
            nature: nature.map(Into::into),
        };
        assert!(right(Some("a"), None).differs(&right(Some("b"), Some("c"))));
        assert!(!right(Some("a"), None).differs(&right(None, Some("c"))));
        assert!(right(Some("a"), Some("c")).is_known() && !right(Some("a"), None).is_known());
    }
}
