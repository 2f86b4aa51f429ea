//! What a rule is made of: conditions over named measures, joined into a tree.

use std::borrow::Cow;

use compact_str::CompactString;
use jiff::civil::Date;

use super::Amount;
use crate::quantity::{Exact, Figure};

/// A rule of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What it is called in results: `scattered-land`.
    pub id: String,
    /// The article it comes from: 二（五）.
    pub article: String,
    /// The words of the article that it holds to.
    pub quote: String,
    /// Under which choice of a reading it stands in another article, with its words there: another edition of a law.
    pub edition: Option<Edition>,
    /// The articles that changed a bound of it, with their words.
    pub amended: Vec<(String, String)>,
    /// What it is about, in Chinese.
    pub zh: String,
    /// What it is about, in English.
    pub en: String,
    /// The kinds of case it is judged for unless a case names its rules.
    pub kinds: Vec<String>,
    /// Whether it is judged for no kind of case but only where one names it.
    pub only_when_named: bool,
    /// The days from and to which this version of it is in force, where they are not those of its article.
    pub in_force: Period,
    /// Whether meeting its test means to fall under it, which is no good thing: idle land, low tax.
    pub classifies: bool,
    /// What follows from it.
    pub nature: Nature,
    /// 原则上 of the whole test: not to meet it needs consent, it does not fail.
    pub soft: bool,
    /// To what it applies; everything when there is none.
    pub when: Option<Node>,
    /// What must hold.
    pub test: Option<Node>,
    /// What makes a parcel or an enterprise suspected of falling under a rule that classifies: 也可以认定.
    pub suspect: Option<Node>,
    /// What goes with a verdict: 协议出让.
    pub flags: Vec<Flag>,
    /// What it gives or takes as a number.
    pub amounts: Vec<Amount>,
    /// The fact that an applicant can turn up to meet it: the least that does is worth knowing.
    pub vary: Option<String>,
    /// The list of which an applicant can leave out one: `scattered`.
    pub without: Option<String>,
}

/// What follows from a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// It permits or forbids: whether a case may go ahead turns on it.
    Permits,
    /// It says what a case is or falls under.
    Classifies,
    /// It gives money, remits it, or gives another advantage: a case may go ahead without.
    Pays,
}

impl Nature {
    /// The word in packs and results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permits => "permits",
            Self::Classifies => "classifies",
            Self::Pays => "pays",
        }
    }
}

/// Where a rule stands under the choices of a reading that change its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The reading.
    pub reading: String,
    /// The choices, each with its article and the words of it.
    pub among: Vec<(String, Words)>,
}

/// Words of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The article.
    pub article: String,
    /// The words.
    pub quote: String,
}

/// A stretch of time, both days in it; open where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Period {
    /// Whether a day lies in it.
    pub fn has(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether two share a day.
    pub fn meets(&self, other: &Self) -> bool {
        let before = |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(end), Some(start)) if end < start);
        !before(self.to, other.from) && !before(other.to, self.from)
    }
}

/// A word that goes with a finding, where a further condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// The word.
    pub text: String,
    /// What must hold; when there is nothing, the rule must be met.
    pub when: Option<Node>,
    /// Whether the rule must be met besides.
    pub if_met: bool,
}

/// A condition, or several joined.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Every one must hold.
    All(Vec<Node>),
    /// One must hold.
    Any(Vec<Node>),
    /// Every one whose bound is known must hold; unknown when none is.
    Given(Vec<Node>),
    /// What must hold depends on whether something else does.
    If {
        /// On what it depends.
        condition: Box<Node>,
        /// What must hold if so.
        then: Box<Node>,
        /// What must hold if not.
        otherwise: Box<Node>,
    },
    /// What must hold depends on how the law is read.
    Choose {
        /// The reading.
        reading: String,
        /// What must hold, by choice.
        among: Vec<(String, Node)>,
    },
    /// One condition.
    Leaf(Leaf),
}

/// One measure against one bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The measure.
    pub measure: MeasureName,
    /// How it must stand to the bound.
    pub relation: Relation,
    /// The bound.
    pub bound: Bound,
    /// 原则上: beyond the bound it needs consent, it does not fail.
    pub soft: bool,
}

/// A measure by its name, and by its place in the vocabulary that the pack was read with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureName {
    /// Its name.
    pub name: CompactString,
    /// Its place.
    pub place: u16,
}

/// How a measure must stand to its bound. 以上, 以下, 不超过, 不少于 include the number (民法典 第1259条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// 不少于, 不低于, 以上.
    AtLeast,
    /// 不超过, 以下.
    AtMost,
    /// 超过, 以上（不含）.
    MoreThan,
    /// 不足, 未达到.
    LessThan,
    /// One of several words.
    OneOf,
    /// Yes or no.
    Is,
}

impl Relation {
    /// The word in packs and results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::MoreThan => "more_than",
            Self::LessThan => "less_than",
            Self::OneOf => "one_of",
            Self::Is => "is",
        }
    }

    /// The sign that people read for it.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::MoreThan => ">",
            Self::LessThan => "<",
            Self::OneOf => "∈",
            Self::Is => "=",
        }
    }

    /// Whether a value stands so to a bound; `None` for what is not a matter of more and less.
    pub fn holds<T: PartialOrd>(self, value: &T, bound: &T) -> Option<bool> {
        Some(match self {
            Self::AtLeast => value >= bound,
            Self::AtMost => value <= bound,
            Self::MoreThan => value > bound,
            Self::LessThan => value < bound,
            Self::OneOf | Self::Is => return None,
        })
    }

    /// How many decimals, from `least` on, it takes for two numbers that are rounded to them to stand to each other as the
    /// numbers themselves do; `None` where no count of decimals does.
    pub fn telling_places(self, value: Exact, bound: Exact, holds: bool, least: u8) -> Option<u8> {
        (least..=MOST_PLACES).find(|places| {
            let rounded = |number: Exact| number.decimal(*places).map(Exact::from);
            let (value, bound) = (rounded(value), rounded(bound));
            value
                .zip(bound)
                .is_some_and(|(value, bound)| self.holds(&value, &bound) == Some(holds))
        })
    }
}

/// The most decimals that a number is printed with.
const MOST_PLACES: u8 = 18;

/// What a measure is held against.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// A number with its unit, or yes or no.
    Fixed(Figure),
    /// Words.
    Words(Vec<CompactString>),
    /// A part of another measure: `70 % of land_price_minimum`; the whole of it as 1.
    Measure(MeasureName, Exact),
    /// A day some time after another: `upgrade.approval_date + 3 months`.
    Later {
        /// The day.
        after: MeasureName,
        /// How many months.
        months: i32,
    },
}

impl Node {
    /// The conditions that it joins.
    fn children(&self) -> Vec<&Self> {
        match self {
            Self::All(nodes) | Self::Any(nodes) | Self::Given(nodes) => nodes.iter().collect(),
            Self::If {
                condition,
                then,
                otherwise,
            } => vec![condition, then, otherwise],
            Self::Choose { among, .. } => among.iter().map(|(_, node)| node).collect(),
            Self::Leaf(_) => Vec::new(),
        }
    }

    /// Every condition of the tree, in order.
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::Leaf(leaf) => vec![leaf],
            _ => self.children().into_iter().flat_map(Self::leaves).collect(),
        }
    }

    /// Every reading that the tree itself depends on.
    pub fn choices(&self) -> Vec<&str> {
        let own = match self {
            Self::Choose { reading, .. } => Some(reading.as_str()),
            _ => None,
        };
        own.into_iter()
            .chain(self.children().into_iter().flat_map(Self::choices))
            .collect()
    }

    /// Changes every condition of the tree.
    pub(super) fn change_leaves(&mut self, change: &mut dyn FnMut(&mut Leaf)) {
        let children: Vec<&mut Self> = match self {
            Self::All(nodes) | Self::Any(nodes) | Self::Given(nodes) => nodes.iter_mut().collect(),
            Self::If {
                condition,
                then,
                otherwise,
            } => vec![condition, then, otherwise],
            Self::Choose { among, .. } => among.iter_mut().map(|(_, node)| node).collect(),
            Self::Leaf(leaf) => return change(leaf),
        };
        for child in children {
            child.change_leaves(change);
        }
    }
}

impl Rule {
    /// The amount of that name.
    pub fn amount(&self, name: &str) -> Option<&Amount> {
        self.amounts.iter().find(|amount| amount.name == name)
    }

    /// The article and the words under a choice of the reading that its edition depends on; `None` where they are its own.
    pub fn words_under<'a>(&self, choice: impl Fn(&str) -> &'a str) -> Option<&Words> {
        let edition = self.edition.as_ref()?;
        let chosen = choice(&edition.reading);
        let found = edition.among.iter().find(|(name, _)| name == chosen);
        found.map(|(_, words)| words)
    }

    /// The article it comes from and those that changed it: `二（五）；补充一`.
    pub fn citation(&self) -> Cow<'_, str> {
        if self.amended.is_empty() {
            return Cow::Borrowed(&self.article);
        }
        let amended = self.amended.iter().map(|(article, _)| article.as_str());
        std::iter::once(self.article.as_str())
            .chain(amended)
            .collect::<Vec<_>>()
            .join("；")
            .into()
    }

    /// Every tree of the rule: to what it applies, what must hold, what its flags and amounts depend on.
    pub fn trees(&self) -> impl Iterator<Item = &Node> {
        let flags = self.flags.iter().filter_map(|flag| flag.when.as_ref());
        let paths = self.amounts.iter().flat_map(|amount| &amount.paths);
        let own = self.when.iter().chain(&self.test).chain(&self.suspect);
        own.chain(flags)
            .chain(paths.filter_map(|path| path.when.as_ref()))
    }
}
