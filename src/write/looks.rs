//! The words of results → the colours and hatchings in which maps show them.

use super::Language;
use super::page::Words;

/// Word, face, hatching: its angle, or none.
pub type Look = (&'static str, [u8; 3], Option<u16>);

pub(super) const VERDICTS: [Look; 5] = [
    ("pass", [79, 157, 105], None),
    ("fail", [179, 38, 30], Some(45)),
    ("discretionary", [224, 160, 32], Some(135)),
    ("unknown", [130, 130, 130], Some(0)),
    ("not_applicable", [246, 246, 243], None),
];

pub(super) const STATES: [Look; 8] = [
    ("idle", [179, 38, 30], Some(45)),
    ("suspected_idle", [224, 160, 32], Some(135)),
    ("inefficient", [61, 111, 176], Some(90)),
    ("supplied_not_started", [226, 198, 120], None),
    ("approved_not_supplied", [240, 226, 180], None),
    ("under_construction", [150, 190, 160], Some(0)),
    ("built", [225, 225, 222], None),
    ("unknown", [130, 130, 130], Some(0)),
];

/// 用地用海 colours of the national drawing standard for spatial plans; where it tells more apart than uses do here, the
/// colour of the most common.
pub(super) const USES: [Look; 14] = [
    ("industrial", [187, 150, 116], None),
    ("mining", [158, 108, 84], None),
    ("warehouse", [135, 97, 211], None),
    ("residential", [255, 255, 45], None),
    ("commercial", [255, 0, 0], None),
    ("public", [255, 0, 255], None),
    ("transport", [183, 183, 183], None),
    ("utilities", [0, 99, 128], None),
    ("green", [0, 255, 0], None),
    ("water", [51, 142, 192], None),
    ("agricultural", [245, 248, 220], None),
    ("other", [238, 238, 238], None),
    ("mixed", [187, 150, 116], Some(45)),
    ("non_industrial", [238, 238, 238], Some(45)),
];

pub(super) const KINDS: [Look; 4] = [
    ("corner", [230, 140, 30], Some(45)),
    ("enclosed", [230, 140, 30], Some(135)),
    ("interlocked", [230, 140, 30], Some(90)),
    ("other", [240, 200, 140], None),
];

/// What maps are coloured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What the rules say.
    Verdict,
    /// The state in the survey of idle land.
    State,
    /// The use of land.
    Use,
    /// The kind of a scattered piece.
    Piece,
}

impl Shown {
    /// The looks of its words, in the order of a legend.
    pub const fn looks(self) -> &'static [Look] {
        match self {
            Self::Verdict => &VERDICTS,
            Self::State => &STATES,
            Self::Use => &USES,
            Self::Piece => &KINDS,
        }
    }

    /// What a word is called.
    pub fn called(self, word: &str, language: Language) -> String {
        let words = Words(language);
        match self {
            Self::Verdict => words.verdict(word, None),
            Self::State => words.state(word),
            Self::Use => words.land_use(word),
            Self::Piece => words.piece(word),
        }
    }
}
