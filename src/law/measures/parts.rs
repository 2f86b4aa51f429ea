//! Facts that cannot all be so – a part greater than its whole, a least over its most – → that nothing can be told of them.

use super::subject::{Lack, Subject, Why, over};
use crate::law::facts::fact;
use crate::quantity::Exact;

/// What is part of what, by what the facts are. Money spent is no part of money planned, and counted floor is no part of plain
/// floor: neither is here.
const PARTS: [(&str, &str); 9] = [
    ("site.production_floor_area_m2", "site.floor_area_m2"),
    ("upgrade.production_built_m2", "upgrade.built_m2"),
    ("upgrade.production_demolished_m2", "upgrade.demolished_m2"),
    ("investment.equipment_wan", "investment.total_wan"),
    ("grant.developed_m2", "grant.should_develop_m2"),
    ("county.granted_industrial_mu", "county.granted_mu"),
    ("county.line_freed_industrial_m2", "county.line_freed_m2"),
    ("county.standard_land_mu", "county.new_industrial_mu"),
    ("county.fund_wan", "county.land_revenue_wan"),
];

/// The least and the most of what a plan limits: neither holds where they cross.
const LIMITS: [(&str, &str); 3] = [
    ("plan.plot_ratio_min", "plan.plot_ratio_max"),
    ("plan.density_min", "plan.density_max"),
    ("plan.green_ratio_min", "plan.green_ratio_max"),
];

/// What a fact is called; one of a list carries its place: `scattered.0.area_m2`.
fn called(name: &str) -> (&str, &str) {
    let of_list = || {
        let (table, rest) = name.split_once('.')?;
        let (_, key) = rest.split_once('.')?;
        fact(&format!("{table}.{key}"))
    };
    let found = fact(name).or_else(of_list);
    found.map_or((name, name), |fact| (fact.zh, fact.en))
}

/// A fact, and what it is held against when it is looked for.
pub(super) fn with_its_whole(name: &'static str) -> Vec<&'static str> {
    let of_part = PARTS.iter().filter(|(part, _)| *part == name);
    let of_limit = LIMITS
        .iter()
        .filter(|(least, most)| *least == name || *most == name);
    let others = of_part
        .chain(of_limit)
        .map(|(one, other)| if *one == name { *other } else { *one });
    std::iter::once(name).chain(others).collect()
}

impl Subject<'_> {
    /// That a fact is a part of another that is less, or a limit that crosses another.
    pub(super) fn in_its_whole(&self, name: &str) -> Result<(), Lack> {
        let of_part = PARTS.iter().filter(|(part, _)| *part == name);
        let of_limit = LIMITS
            .iter()
            .filter(|(least, most)| *least == name || *most == name);
        let of = |name: &str| self.facts.one.figure(name)?.number();
        for (part, whole) in of_part.chain(of_limit) {
            if of(part)
                .zip(of(whole))
                .is_some_and(|(part, whole)| part > whole)
            {
                return Err(self.contradiction(part, whole));
            }
        }
        Ok(())
    }

    /// Two facts of which one must be wrong; the finding names both.
    pub(super) fn contradiction(&self, one: &str, other: &str) -> Lack {
        let ((one_zh, one_en), (other_zh, other_en)) = (called(one), called(other));
        self.note(
            format!("“{one_zh}”（{one}）与“{other_zh}”（{other}）互相矛盾，请核对"),
            format!(
                "“{one_en}” ({one}) and “{other_en}” ({other}) contradict each other: check them"
            ),
        );
        Lack {
            missing: vec![one.to_owned(), other.to_owned()],
            why: Why::Contradiction,
        }
    }

    /// A part over its whole, which it cannot exceed; each goes by the name of the fact that it rests on.
    pub(super) fn share_of(
        &self,
        (part, part_name): (Exact, &str),
        (whole, whole_name): (Exact, &str),
    ) -> Result<Exact, Lack> {
        let share = over(part, whole)?;
        if part > whole {
            return Err(self.contradiction(part_name, whole_name));
        }
        Ok(share)
    }
}
