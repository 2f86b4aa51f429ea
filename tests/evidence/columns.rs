//! The columns of a finding, taken by their letters alone, and the sums in its explanation → what of it contradicts it.

use plotratio::quantity::Exact;

/// The columns of one finding.
pub struct Columns<'a> {
    pub verdict: &'a str,
    pub classifies: bool,
    pub measure: &'a str,
    pub value: &'a str,
    pub relation: &'a str,
    pub bound: &'a str,
    pub explanation: &'a str,
}

impl Columns<'_> {
    /// What is wrong with it; nothing where all agrees.
    pub fn contradiction(&self) -> Option<String> {
        let wanted = match (self.verdict, self.classifies) {
            ("pass", false) | ("fail" | "discretionary", true) => Some(true),
            ("fail" | "discretionary", false) | ("pass", true) => Some(false),
            ("not_applicable", _) if !self.measure.is_empty() => Some(false),
            _ => None,
        };
        let Self {
            verdict,
            measure,
            value,
            relation,
            bound,
            ..
        } = self;
        let holds = holds(value, relation, bound);
        if wanted.is_some() && holds != wanted {
            return Some(format!(
                "{verdict} (classifies: {}): {measure} {value} {relation} {bound}",
                self.classifies
            ));
        }
        false_sum(self.explanation).map(|sum| format!("{sum} in `{}`", self.explanation))
    }
}

/// Whether a value stands so to its bound; `None` where that cannot be read.
fn holds(value: &str, relation: &str, bound: &str) -> Option<bool> {
    match relation {
        "is" => Some(value == bound).filter(|_| !value.is_empty()),
        "one_of" => {
            let named = |value: &str| bound.split(';').any(|word| value.contains(word));
            Some(value.split(';').any(named))
        }
        _ => match (Exact::parse(value), Exact::parse(bound)) {
            (Some(value), Some(bound)) => compared(&value, relation, &bound),
            (None, None) if value.len() == 10 && bound.len() == 10 => {
                compared(&value, relation, &bound)
            }
            _ => None,
        },
    }
}

fn compared<T: PartialOrd>(value: &T, relation: &str, bound: &T) -> Option<bool> {
    Some(match relation {
        "at_least" | "≥" => value >= bound,
        "at_most" | "≤" => value <= bound,
        "more_than" | ">" => value > bound,
        "less_than" | "<" => value < bound,
        _ => return None,
    })
}

/// A comparison that is written out and does not hold, unless it is said to be wanted or unknown.
fn false_sum(text: &str) -> Option<String> {
    for clause in text
        .split(['；', '。', ';'])
        .flat_map(|part| part.split(". "))
    {
        for sign in ["≥", "≤", ">", "<"] {
            let Some((left, right)) = clause.split_once(sign) else {
                continue;
            };
            let asked = ["须", "是否", "must", "whether", "未知", "unknown"];
            if asked.iter().any(|word| clause.contains(word)) {
                continue;
            }
            let left = left.rsplit(['：', ':']).next().unwrap_or(left);
            if let (Some(left), Some(right)) = (first(left), first(right))
                && compared(&left, sign, &right) == Some(false)
            {
                return Some(format!("{left} {sign} {right}"));
            }
        }
    }
    None
}

/// The first number of a text, or the day that it begins with as a number.
fn first(text: &str) -> Option<Exact> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let minus = text[..start].ends_with('-');
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-');
    let number = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', '-']);
    let digits: String = number.chars().filter(|c| *c != '-').collect();
    Exact::parse(&if minus { format!("-{digits}") } else { digits })
}

#[test]
fn what_contradicts_itself_is_seen() {
    let of = |verdict, classifies, value, relation, bound, explanation| {
        Columns {
            verdict,
            classifies,
            measure: "m",
            value,
            relation,
            bound,
            explanation,
        }
        .contradiction()
        .is_some()
    };
    assert!(of("pass", false, "6666.66", "at_least", "6666.666667", ""));
    assert!(of("fail", true, "2668.8", "at_least", "10000", ""));
    assert!(of("fail", true, "false", "is", "true", ""));
    assert!(of("fail", false, "2022-01-02", "at_most", "2022-01-03", ""));
    assert!(of("pass", false, "", "is", "true", ""));
    assert!(of("fail", false, "1", "at_least", "2", "容积率：0.8 ≥ 1.1"));
    assert!(of("fail", false, "1", "at_least", "2", "share: 25% < 25%"));
    assert!(!of(
        "fail",
        false,
        "1",
        "at_least",
        "2",
        "容积率：0.8，低于下限 1.1"
    ));
    assert!(!of(
        "pass",
        true,
        "9.9",
        "less_than",
        "5",
        "税：9.9，不少于 5"
    ));
    assert!(!of("fail", false, "rail", "one_of", "road;green", ""));
}
