//! How cells look: borders, numbers, and the colours of verdicts and states, which their words repeat for print in grey.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) line: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) wrapped: Format,
    pub(super) link: Format,
    pub(super) day: Format,
    pub(super) row: Format,
    pub(super) plain: Format,
    pub(super) subject: Format,
    pub(super) total: Format,
    good: Format,
    half: Format,
    bad: Format,
    open: Format,
}

/// What a word in a coloured column means.
#[derive(Clone, Copy)]
enum Tone {
    Good,
    Half,
    Bad,
    Open,
}

impl Styles {
    pub(super) fn new() -> Self {
        let cell = || {
            Format::new()
                .set_font_name("宋体")
                .set_font_size(10)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00A6_A6A6))
                .set_align(FormatAlign::VerticalCenter)
        };
        let word = |back: u32, front: u32| {
            cell()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(back))
                .set_font_color(Color::RGB(front))
        };
        let plain = || Format::new().set_font_name("宋体").set_font_size(10);
        Self {
            title: Format::new()
                .set_font_name("黑体")
                .set_font_size(16)
                .set_bold()
                .set_align(FormatAlign::VerticalCenter),
            line: plain()
                .set_font_color(Color::RGB(0x0059_5959))
                .set_align(FormatAlign::VerticalCenter),
            heading: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00DD_E6F0)),
            text: cell(),
            wrapped: cell().set_text_wrap(),
            link: cell()
                .set_font_color(Color::RGB(0x0005_63C1))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            day: cell()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Center),
            row: cell().set_num_format("0").set_align(FormatAlign::Center),
            plain: plain().set_text_wrap().set_align(FormatAlign::Top),
            subject: plain().set_bold().set_align(FormatAlign::Top),
            total: cell()
                .set_bold()
                .set_background_color(Color::RGB(0x00F2_F2F2)),
            good: word(0x00C6_EFCE, 0x0000_6100),
            half: word(0x00FF_EB9C, 0x007F_6000),
            bad: word(0x00FF_C7CE, 0x009C_0006),
            open: word(0x00E0_E0E0, 0x0040_4040),
        }
    }

    /// A number, as `#,##0.00`.
    pub(super) fn number(&self, format: &str) -> Format {
        self.text.clone().set_num_format(format)
    }

    /// A number of the row of totals.
    pub(super) fn sum(&self, format: &str) -> Format {
        self.total.clone().set_num_format(format)
    }

    /// The format of a verdict or a state by its word in results.
    pub(super) fn of_word(&self, word: &str) -> Option<&Format> {
        let tone = match word {
            "pass" | "built" => Tone::Good,
            "discretionary" | "suspected_idle" | "supplied_not_started" | "under_construction" => {
                Tone::Half
            }
            "fail" | "idle" | "inefficient" => Tone::Bad,
            "unknown" | "not_applicable" | "approved_not_supplied" => Tone::Open,
            _ => return None,
        };
        Some(match tone {
            Tone::Good => &self.good,
            Tone::Half => &self.half,
            Tone::Bad => &self.bad,
            Tone::Open => &self.open,
        })
    }
}
