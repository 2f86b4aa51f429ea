//! What each parcel's own last change was → what it is the product of, through all that came before.

use super::answer::{Answer, Answers};
use super::family::Family;

/// Whether each parcel is the product of a split, and of a merge, its own or one of those that it came from.
///
/// A parent that is no longer there hands on what it was. One whose id is still there may have become what it is only
/// afterwards: what it hands on is at most unknown, and so is what a parcel on a circle has from it.
pub(super) fn inherited(family: &Family<'_>, circles: &[Vec<u32>]) -> Vec<Answers> {
    let own: Vec<Answers> = family.members().map(|(at, _)| family.own(at)).collect();
    let split = spread(family, circles, own.iter().map(|own| own.split).collect());
    let merge = spread(family, circles, own.iter().map(|own| own.merge).collect());
    split
        .into_iter()
        .zip(merge)
        .map(|(split, merge)| Answers { split, merge })
        .collect()
}

fn spread(family: &Family<'_>, circles: &[Vec<u32>], mut answers: Vec<Answer>) -> Vec<Answer> {
    for at in circles.iter().flatten() {
        let answer = &mut answers[*at as usize];
        *answer = (*answer).max(Answer::Unknown);
    }
    hand_on(family, &mut answers, Answer::Yes, |at| {
        !family.member(at).is_there
    });
    hand_on(family, &mut answers, Answer::Unknown, |_| true);
    answers
}

/// Raises to `answer` the heirs of all that have at least that, and their heirs, as far as `hands_on` lets them.
fn hand_on(
    family: &Family<'_>,
    answers: &mut [Answer],
    answer: Answer,
    hands_on: impl Fn(u32) -> bool,
) {
    let mut open: Vec<u32> = (0..)
        .zip(answers.iter())
        .filter(|(_, have)| **have >= answer)
        .map(|(at, _)| at)
        .collect();
    while let Some(at) = open.pop() {
        if !hands_on(at) {
            continue;
        }
        for &heir in &family.member(at).heirs {
            let have = &mut answers[heir as usize];
            if *have < answer {
                *have = answer;
                open.push(heir);
            }
        }
    }
}
