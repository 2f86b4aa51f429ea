//! The conditions of a finding, line by line, joined as its rule joins them.

use super::condition::condition_text;
use crate::law::judge::{Condition, Finding, Ground, Join, Part, Role, Verdict};
use crate::law::pack::Rule;
use crate::write::Language;

/// Adds a line for every condition of a finding, those of which one must hold or all must under a line that says so.
pub(super) fn chain(
    finding: &Finding,
    rule: Option<&Rule>,
    language: Language,
    lines: &mut Vec<String>,
) {
    let mut chain = Chain {
        finding,
        rule,
        language,
        lines,
    };
    // by what else a case might fall under a rule is of no account where it does
    let decided = finding.verdict == Verdict::Fail;
    for (part, ground) in &finding.grounds {
        if !(decided && *part == Part::Suspect) {
            chain.tree(*part, ground);
        }
    }
    // an amount that decided stands behind what its rule asks
    let named = |place: usize| {
        finding
            .grounds
            .iter()
            .any(|(_, ground)| ground.names(place))
    };
    let rest = finding.conditions.iter().enumerate();
    for (_, condition) in rest.filter(|(place, _)| !named(*place)) {
        chain.line(condition, 1);
    }
}

struct Chain<'a> {
    finding: &'a Finding,
    rule: Option<&'a Rule>,
    language: Language,
    lines: &'a mut Vec<String>,
}

impl Chain<'_> {
    fn tree(&mut self, part: Part, ground: &Ground) {
        let title = match part {
            Part::When => Some(self.language.of("适用于：", "it applies where:")),
            Part::Suspect => Some(
                self.language
                    .of("也可认定的情形：", "it may be found to be so where:"),
            ),
            Part::Test => None,
        };
        self.lines.extend(title.map(|title| format!("  {title}")));
        let depth = 1 + usize::from(title.is_some());
        match ground {
            // what must hold holds together anyway
            Ground::Joined {
                join: Join::All,
                parts,
                ..
            } if title.is_some() || self.role(ground) == Some(Role::Binds) => {
                for part in parts {
                    self.branch(part, depth);
                }
            }
            ground => self.branch(ground, depth),
        }
    }

    fn branch(&mut self, ground: &Ground, depth: usize) {
        match ground {
            Ground::Leaf(place) => {
                if let Some(condition) = self.finding.conditions.get(*place) {
                    self.line(condition, depth);
                }
            }
            Ground::Joined {
                join,
                verdict,
                parts,
            } => {
                let title = match join {
                    Join::All => Some(self.language.of("全部满足：", "all of:")),
                    Join::Any => Some(self.language.of("满足其一：", "any of:")),
                    Join::If => None,
                };
                let role = self.role(ground).unwrap_or(Role::Binds);
                let line = |title| format!("{}{} {title}", indent(depth), mark(role, *verdict));
                self.lines.extend(title.map(line));
                // where nobody knows which way to go both are shown
                let ways = *join == Join::If && parts.len() == 3;
                for (at, part) in parts.iter().enumerate() {
                    let way = match at {
                        1 if ways => Some(self.language.of("若如此，则：", "if so:")),
                        2 if ways => Some(self.language.of("否则：", "else:")),
                        _ => None,
                    };
                    let line = |way| format!("{}  {way}", indent(depth));
                    self.lines.extend(way.map(line));
                    let deeper = title.is_some() || way.is_some();
                    self.branch(part, depth + usize::from(deeper));
                }
            }
        }
    }

    fn line(&mut self, condition: &Condition, depth: usize) {
        let mark = mark(condition.role, condition.verdict);
        let text = condition_text(condition, self.rule, self.language);
        self.lines.push(format!("{}{mark} {text}", indent(depth)));
    }

    /// What the conditions of a ground are there for; what is asked first in a choice only tells which way to go.
    fn role(&self, ground: &Ground) -> Option<Role> {
        match ground {
            Ground::Leaf(place) => {
                let condition = self.finding.conditions.get(*place);
                condition.map(|condition| condition.role)
            }
            Ground::Joined { join, parts, .. } => {
                let mut parts = parts.iter().skip(usize::from(*join == Join::If));
                parts.find_map(|part| self.role(part))
            }
        }
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// A tick or a cross for what is to be met; a full or an empty circle for what tells one case from another.
const fn mark(role: Role, verdict: Verdict) -> &'static str {
    match (role, verdict) {
        (Role::Binds, Verdict::Pass) => "✓",
        (Role::Binds, Verdict::Fail) => "✗",
        (Role::Tells, Verdict::Pass) => "●",
        (Role::Tells, Verdict::Fail) => "○",
        (_, Verdict::Discretionary) => "△",
        (_, Verdict::Unknown) => "?",
        (_, Verdict::NotApplicable) => "-",
    }
}
