//! The words of a limit (`≥`, 不低于, 以上), each with the relation that it stands for.

use super::limit_text::Number;

/// A piece of the text of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number with its percent sign.
    Number(Number),
    /// A relation before a number, or between a number and the name.
    Relation(LimitRelation),
    /// A relation behind a number (以上).
    Behind(LimitRelation),
    /// Between the ends of a range.
    Dash,
    /// The name of the quantity.
    Name,
    /// Between two conditions.
    And,
}

/// How a number bounds what it stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LimitRelation {
    /// From below.
    pub(super) lower: bool,
    /// Without the number itself.
    pub(super) strict: bool,
}

const fn relation(lower: bool, strict: bool) -> Token {
    Token::Relation(LimitRelation { lower, strict })
}

const fn behind(lower: bool, strict: bool) -> Token {
    Token::Behind(LimitRelation { lower, strict })
}

/// Words of a limit; of two that begin alike the longer stands first. 以上 and 以下 include the number, 超过 and 不足 do
/// not (民法典 §1259).
pub(super) const WORDS: &[(&str, Token)] = &[
    ("大于或等于", relation(true, false)),
    ("小于或等于", relation(false, false)),
    ("大于等于", relation(true, false)),
    ("小于等于", relation(false, false)),
    ("不得低于", relation(true, false)),
    ("不得小于", relation(true, false)),
    ("不得少于", relation(true, false)),
    ("不得高于", relation(false, false)),
    ("不得大于", relation(false, false)),
    ("不得超过", relation(false, false)),
    ("不低于", relation(true, false)),
    ("不小于", relation(true, false)),
    ("不少于", relation(true, false)),
    ("不高于", relation(false, false)),
    ("不大于", relation(false, false)),
    ("不超过", relation(false, false)),
    ("不多于", relation(false, false)),
    ("至少", relation(true, false)),
    ("至多", relation(false, false)),
    ("大于", relation(true, true)),
    ("高于", relation(true, true)),
    ("超过", relation(true, true)),
    ("小于", relation(false, true)),
    ("低于", relation(false, true)),
    ("不足", relation(false, true)),
    ("不满", relation(false, true)),
    (">=", relation(true, false)),
    ("=>", relation(true, false)),
    ("<=", relation(false, false)),
    ("=<", relation(false, false)),
    ("≥", relation(true, false)),
    ("≧", relation(true, false)),
    ("⩾", relation(true, false)),
    ("≤", relation(false, false)),
    ("≦", relation(false, false)),
    ("⩽", relation(false, false)),
    (">", relation(true, true)),
    ("﹥", relation(true, true)),
    ("<", relation(false, true)),
    ("﹤", relation(false, true)),
    ("(不含)以上", behind(true, true)),
    ("(不含)以下", behind(false, true)),
    ("(含)以上", behind(true, false)),
    ("(含)以下", behind(false, false)),
    ("及以上", behind(true, false)),
    ("及以下", behind(false, false)),
    ("以上", behind(true, false)),
    ("以下", behind(false, false)),
    ("以内", behind(false, false)),
    ("--", Token::Dash),
    ("-", Token::Dash),
    ("~", Token::Dash),
    ("——", Token::Dash),
    ("—", Token::Dash),
    ("–", Token::Dash),
    ("−", Token::Dash),
    ("至", Token::Dash),
    ("到", Token::Dash),
    (",", Token::And),
    (";", Token::And),
    ("、", Token::And),
    ("且", Token::And),
];
