//! A plot, what stands on it and a wish → ways to divide it into lots, best first, or what stands in the way.
//!
//! | step | in → out |
//! |---|---|
//! | [`ground`], [`access`], [`body`] | plot → the same however it was written down |
//! | [`direction`], [`line`], [`sight`] | a piece → directions to try, offsets, chords of a line |
//! | [`straight`], [`legs`], [`bent`], [`task`] | a piece → lines that leave on both sides what lots need |
//! | [`search`] | line after line → plans |
//! | [`score`], [`lots`] | plans → lots and scores |
//! | [`cut`](mod@cut) | a polygon and lines that somebody drew → parts |

mod access;
mod bent;
mod body;
mod cut;
mod direction;
mod ground;
mod hindrance;
mod legs;
mod line;
mod lots;
mod piece;
mod quota;
mod score;
mod search;
mod sight;
mod straight;
mod task;
#[cfg(test)]
mod tests;

use geo::Coord;

pub use cut::{CutError, cut};
use direction::angle_between;
use ground::CutGround;
pub use hindrance::Hindrance;
use lots::Atlas;
use piece::Figure;
use search::{Effort, SearchPlan};

/// More lots are not tried.
const MOST_LOTS: usize = 8;

/// A plot to be divided: one simple polygon, all lengths in metres. Rings may be closed or open, in either direction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// Its outer ring.
    pub shell: Vec<Coord>,
    /// Its holes, which no line meets.
    pub holes: Vec<Vec<Coord>>,
    /// What no line may cut.
    pub things: Vec<Thing>,
    /// Segments that lie on its border to within a millimetre and give access; what lies elsewhere gives none.
    pub access: Vec<[Coord; 2]>,
}

/// Something that no line may cut: a simple polygon, its outer ring first. What sticks out over the plot's border does not
/// matter; what is left of it in the plot stays in one lot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thing {
    /// Its outer ring, then its holes.
    pub rings: Vec<Vec<Coord>>,
    /// Whether every lot needs one like it.
    pub counts: bool,
}

/// How a plot is to be divided.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// How many lots, from 2 to 8.
    pub lots: usize,
    /// The least area of a lot, in m².
    pub least_area: f64,
    /// The area of each lot, in any order, in m²: met to within a square metre, or a thousandth where that is more.
    pub areas: Option<Vec<f64>>,
    /// The least distance of a line from a thing, in m.
    pub clearance: f64,
    /// The least length of each lot's longest unbroken stretch with access, in m; with 0 a lot may have none.
    pub least_access: f64,
    /// The most bends of a line, from 0 to 2.
    pub most_bends: usize,
    /// The most ways that are told.
    pub ways: usize,
}

/// One way to divide a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The lines, each cut through what the lines before left: from border, or line, to border, or line.
    pub lines: Vec<Vec<Coord>>,
    /// The lots, in the order of their first corners from the left.
    pub lots: Vec<Lot>,
    /// How good it is.
    pub scores: Scores,
}

/// One lot. Rings are closed, the shell counter-clockwise; along a line lots have the same corners.
#[derive(Clone, Debug, PartialEq)]
pub struct Lot {
    /// Its outer ring.
    pub shell: Vec<Coord>,
    /// Its holes.
    pub holes: Vec<Vec<Coord>>,
    /// Its area, in m².
    pub area: f64,
    /// Which of the things given lie in it.
    pub things: Vec<usize>,
    /// The length of its longest unbroken stretch with access, in m.
    pub access: f64,
}

/// How good a division is: each from 0 to 1, the best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// All together: 0.35 area + 0.25 compactness + 0.2 straightness + 0.1 angle + 0.1 clearance.
    pub total: f64,
    /// The smallest lot as a share of an equal one; where areas are asked, 1 less the worst deviation as a share of what is allowed.
    pub area: f64,
    /// The mean of `16·A/P²`, at most 1, over the lots.
    pub compactness: f64,
    /// The mean of 1 for a straight line, ½ for one bend, 0 for two.
    pub straightness: f64,
    /// The mean along the lines of 1 at a right angle to the plot's longest side, ½ along it, 0 half way between.
    pub angle: f64,
    /// The least distance of a line from a thing as a share of ten metres, or of twice the clearance asked where that is more.
    pub clearance: f64,
}

/// Ways to divide a plot, best first, that differ: in which things lie together, or in the direction of a line by more than 10°.
///
/// Two lots: a straight line is found wherever one leaves a per cent of the area and half a metre of clearance to spare (a
/// test makes plots from their lots); lines with bends are found mostly, and sought only where straight ones are fewer than
/// the ways wished for. More lots are divided line after line, the most promising first lines only. The work is bounded:
/// a [`Hindrance`] says when something was left untried, and with hundreds of corners that is soon. The result does not hang
/// on where rings begin, their directions, or the order of things and access.
///
/// # Errors
///
/// Which condition cannot be met, and what could be reached.
pub fn divide(plot: &Plot, wish: &Wish) -> Result<Vec<Way>, Hindrance> {
    let ground = CutGround::new(plot, wish)?;
    let quotas = quota::quotas(wish, ground.whole.area);
    let want = wish.ways.max(1);
    let efforts: &[Effort] = if wish.lots == 2 {
        &[Effort::Bent]
    } else {
        &[Effort::Quick, Effort::Straight, Effort::Bent]
    };
    let atlas = Atlas::new(&ground.corners, ground.origin);
    for &effort in efforts {
        if effort == Effort::Bent && wish.lots > 2 && wish.most_bends == 0 {
            continue;
        }
        let plans = search::plans(
            &ground,
            ground.whole.clone(),
            &quotas,
            effort,
            if wish.lots == 2 { want } else { 3 * want },
        );
        let ways = plans
            .into_iter()
            .filter_map(|plan| way(&ground, &atlas, &plan));
        let mut ways: Vec<Way> = ways.collect();
        ways.sort_by(|a, b| b.scores.total.total_cmp(&a.scores.total));
        let ways = different(ways, want);
        if !ways.is_empty() {
            return Ok(ways);
        }
        if ground.is_spent() {
            break;
        }
    }
    Err(hindrance(&ground))
}

/// The way that a plan is, where it holds what it promises in the coordinates of the plot.
fn way(ground: &CutGround<'_>, atlas: &Atlas, plan: &SearchPlan) -> Option<Way> {
    let pieces: Vec<_> = plan.lots.iter().map(|(piece, _)| piece.clone()).collect();
    let lots = lots::lots(ground, &pieces, atlas);
    let has_counting =
        |piece: &piece::LotPiece| piece.bodies.iter().any(|&body| ground.bodies[body].counts);
    let holds = lots.iter().all(|lot| {
        lot.area >= ground.wish.least_area - 0.005 && lot.access >= ground.wish.least_access - 1e-5
    });
    if !holds || !pieces.iter().all(has_counting) {
        return None;
    }
    let legs = || plan.lines.iter().flat_map(|line| line.windows(2));
    let things = || ground.bodies.iter().filter(|body| body.thing.is_some());
    let gap = legs()
        .flat_map(|leg| things().map(|body| body.distance(leg[0], leg[1])))
        .fold(f64::INFINITY, f64::min);
    if gap < ground.wish.clearance - 1e-5 {
        return None;
    }
    let figures: Vec<_> = plan
        .lots
        .iter()
        .map(|(piece, quota)| {
            let around_holes: f64 = piece
                .bodies
                .iter()
                .map(|&body| ground.bodies[body].hole_perimeter())
                .sum();
            let figure = Figure {
                area: piece.area,
                perimeter: piece.perimeter() + around_holes,
            };
            (figure, std::slice::from_ref(quota))
        })
        .collect();
    let lines = || plan.lines.iter().map(Vec::as_slice);
    let scores = Scores::of([
        score::area(&figures),
        score::compactness(&figures),
        score::straightness(lines()),
        score::angle(lines(), ground.side),
        score::clearance(gap, ground.wish.clearance),
    ]);
    let place = |line: &Vec<Coord>| line.iter().map(|&at| atlas.place(at)).collect();
    Some(Way {
        lines: plan.lines.iter().map(place).collect(),
        lots,
        scores,
    })
}

/// The best ways that differ from each other.
fn different(ways: Vec<Way>, want: usize) -> Vec<Way> {
    let mut taken: Vec<Way> = Vec::new();
    for way in ways {
        if taken.len() < want && taken.iter().all(|other| differ(other, &way)) {
            taken.push(way);
        }
    }
    taken
}

fn differ(a: &Way, b: &Way) -> bool {
    let parted = |way: &Way| {
        let mut things: Vec<Vec<usize>> = way.lots.iter().map(|lot| lot.things.clone()).collect();
        things.sort();
        things
    };
    let turned = |a: &Way, b: &Way| {
        let along = |line: &Vec<Coord>| line[line.len() - 1] - line[0];
        a.lines.iter().any(|line| {
            b.lines
                .iter()
                .all(|other| angle_between(along(line), along(other)) > 10.0)
        })
    };
    parted(a) != parted(b) || turned(a, b) || turned(b, a)
}

/// What stood in the way of a search that found nothing.
fn hindrance(ground: &CutGround<'_>) -> Hindrance {
    let (reached, given_up) = (ground.reached(), ground.is_given_up());
    if !reached.free {
        Hindrance::NoFreeLine { given_up }
    } else if reached.smallest_lot <= 0.0 {
        Hindrance::ThingsTogether { given_up }
    } else if reached.access <= 0.0 && reached.smallest_lot < ground.wish.least_area - 0.005
        || ground.wish.least_access <= 0.0
    {
        Hindrance::Areas {
            smallest_lot: reached.smallest_lot,
            given_up,
        }
    } else {
        Hindrance::Access {
            access: reached.access,
            given_up,
        }
    }
}
