//! A piece and the lots it is to become → plans, line after line, best first.

use geo::Coord;

use super::bent;
use super::direction::{Fan, angle_between, directions};
use super::ground::CutGround;
use super::lots::is_simple;
use super::piece::LotPiece;
use super::quota::Quota;
use super::straight::Straight;
use super::task::{Cut, Task};

/// Lines, and the pieces that they leave with the quota that each fulfils.
#[derive(Clone, Debug)]
pub(super) struct SearchPlan {
    pub lines: Vec<Vec<Coord>>,
    pub lots: Vec<(LotPiece, Quota)>,
}

/// How hard a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effort {
    /// Straight lines in few directions.
    Quick,
    /// Straight lines in all directions.
    Straight,
    /// Lines with bends, too.
    Bent,
}

/// Plans with different lines for a piece, at most `want`; none where nothing is found at this effort.
pub(super) fn plans(
    ground: &CutGround<'_>,
    piece: LotPiece,
    quotas: &[Quota],
    effort: Effort,
    want: usize,
) -> Vec<SearchPlan> {
    if let [quota] = quotas {
        let lots = vec![(piece, *quota)];
        return vec![SearchPlan {
            lines: Vec::new(),
            lots,
        }];
    }
    let task = Task::new(ground, &piece, quotas);
    if task.counting < quotas.len() || task.sharings.is_empty() {
        return Vec::new();
    }
    if quotas.len() == 2 {
        pair(&task, effort, want)
    } else {
        many(&task, effort, want)
    }
}

/// Adds the straight cuts of a piece in all directions of a fan, and ranks all.
fn straight(task: &Task<'_>, fan: Fan, cuts: &mut Vec<Cut>) {
    let mut straight = Straight::default();
    for along in directions(task.piece, &task.ground.bodies, &task.points, fan) {
        straight.find(task, along, cuts);
        if task.ground.is_spent() {
            break;
        }
    }
    rank(cuts);
}

/// All cuts of a piece at an effort, best first.
fn cuts(task: &Task<'_>, effort: Effort) -> Vec<Cut> {
    let mut cuts = Vec::new();
    straight(task, Fan::Coarse, &mut cuts);
    if effort > Effort::Quick {
        straight(task, Fan::Fine, &mut cuts);
    }
    if effort == Effort::Bent && task.ground.wish.most_bends > 0 {
        bent::find(task, &mut cuts);
        rank(&mut cuts);
    }
    cuts
}

fn rank(cuts: &mut [Cut]) {
    cuts.sort_by(|a, b| b.score.total_cmp(&a.score));
}

/// The two sides of a cut, `None` where numerics fail.
fn halves(task: &Task<'_>, cut: &Cut) -> Option<[LotPiece; 2]> {
    let is_left = |body: usize| {
        let at = task.piece.bodies.binary_search(&body);
        at.is_ok_and(|at| cut.left[at])
    };
    let line = (cut.from, cut.bends.as_slice(), cut.to);
    let halves = task.piece.split(line, is_left, &task.ground.bodies);
    task.ground.spend(10 * task.piece.ring.len());
    let sum = halves[0].area + halves[1].area;
    let adds_up = (sum - task.piece.area).abs() <= 1e-6 + 1e-9 * task.piece.area;
    (adds_up
        && halves
            .iter()
            .all(|half| half.ring.len() > 2 && is_simple(half)))
    .then_some(halves)
}

/// Plans with one line: no more is tried than it takes.
fn pair(task: &Task<'_>, effort: Effort, want: usize) -> Vec<SearchPlan> {
    let mut found = Vec::new();
    straight(task, Fan::Coarse, &mut found);
    let mut plans = best(task, &found, want);
    if plans.len() < want && effort > Effort::Quick {
        straight(task, Fan::Fine, &mut found);
        plans = best(task, &found, want);
    }
    if plans.len() < want && effort == Effort::Bent && task.ground.wish.most_bends > 0 {
        bent::find(task, &mut found);
        rank(&mut found);
        plans = best(task, &found, want);
    }
    plans
}

/// Plans with the best of some cuts that differ from each other.
fn best(task: &Task<'_>, found: &[Cut], want: usize) -> Vec<SearchPlan> {
    let mut taken: Vec<&Cut> = Vec::new();
    let mut plans = Vec::new();
    for cut in found {
        if plans.len() == want {
            break;
        }
        let differs =
            |other: &&Cut| !is_same(other, cut) || angle_between(other.along(), cut.along()) > 10.0;
        if !taken.iter().all(differs) {
            continue;
        }
        if let Some([left, right]) = halves(task, cut) {
            let sharing = &task.sharings[cut.sharing];
            let lots = vec![(left, sharing.left[0]), (right, sharing.right[0])];
            plans.push(SearchPlan {
                lines: vec![cut.line()],
                lots,
            });
            taken.push(cut);
        }
    }
    plans
}

/// Whether two cuts have the same things on their sides.
fn is_same(a: &Cut, b: &Cut) -> bool {
    let same = a.left == b.left;
    same || a.left.iter().zip(&b.left).all(|(a, b)| a != b)
}

/// Plans with more lines: the first line, then each side by itself.
fn many(task: &Task<'_>, effort: Effort, want: usize) -> Vec<SearchPlan> {
    let (tries, each) = match effort {
        Effort::Quick => (30, 3),
        Effort::Straight => (60, 5),
        Effort::Bent => (120, 5),
    };
    let found = task.ground.by_halves(|| cuts(task, effort));
    let mut plans = Vec::new();
    let chosen = chosen(&found, each);
    if chosen.len() > tries {
        task.ground.give_up();
    }
    for cut in chosen.into_iter().take(tries) {
        if plans.len() >= want || task.ground.is_spent() {
            break;
        }
        let Some([left, right]) = halves(task, cut) else {
            continue;
        };
        let sharing = &task.sharings[cut.sharing];
        // the side with fewer lots fails sooner
        let (first, then) = if sharing.left.len() <= sharing.right.len() {
            ((left, &sharing.left), (right, &sharing.right))
        } else {
            ((right, &sharing.right), (left, &sharing.left))
        };
        let best = |(piece, quotas): (LotPiece, &Vec<Quota>)| {
            let plans = self::plans(task.ground, piece, quotas, effort, 1);
            plans.into_iter().next()
        };
        let Some(one) = best(first) else { continue };
        let Some(other) = best(then) else { continue };
        let mut plan = SearchPlan {
            lines: vec![cut.line()],
            lots: one.lots,
        };
        plan.lines.extend(one.lines.into_iter().chain(other.lines));
        plan.lots.extend(other.lots);
        plans.push(plan);
    }
    plans
}

/// Cuts to go on with, in the order to do so: of each way to part the bodies the best, then those that leave the least and
/// the most land on the left, then others in other directions.
fn chosen(cuts: &[Cut], each: usize) -> Vec<&Cut> {
    let mut groups: Vec<Vec<&Cut>> = Vec::new();
    for cut in cuts {
        let is_of =
            |group: &&mut Vec<&Cut>| group[0].sharing == cut.sharing && group[0].left == cut.left;
        match groups.iter_mut().find(is_of) {
            Some(group) => group.push(cut),
            None => groups.push(vec![cut]),
        }
    }
    let mut rounds: Vec<(usize, f64, &Cut)> = Vec::new();
    for group in groups {
        let by_area = |a: &&&Cut, b: &&&Cut| a.area.total_cmp(&b.area);
        let mut picked: Vec<&Cut> = vec![group[0]];
        picked.extend(group.iter().min_by(by_area));
        picked.extend(group.iter().max_by(by_area));
        for &cut in &group {
            let differs = |other: &&Cut| angle_between(other.along(), cut.along()) > 10.0;
            if picked.len() < each + 2 && picked.iter().all(differs) {
                picked.push(cut);
            }
        }
        rounds.extend(
            picked
                .into_iter()
                .enumerate()
                .map(|(round, cut)| (round, cut.score, cut)),
        );
    }
    rounds.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    rounds.into_iter().map(|(_, _, cut)| cut).collect()
}
