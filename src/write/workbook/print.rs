//! A list → how it is printed: A4 on its side, title and headings on every page, numbers of pages.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::write::Language;

/// A4 landscape is as wide as so many digits where it is still read with ease.
const PAGE: f64 = 230.0;

/// What a header can hold, in characters.
const HEADER: usize = 255;

/// What is printed of a sheet.
pub(super) struct Printed<'t> {
    /// Its title, which pages bear at the top: in the cells a page of columns further on would cut it off.
    pub(super) title: &'t str,
    /// What it rests on.
    pub(super) line: &'t str,
    /// The row of headings, which every page repeats.
    pub(super) headings: u32,
    /// The last cell.
    pub(super) end: (u32, u16),
    /// How wide all columns are, in digits.
    pub(super) width: f64,
}

/// Sets a sheet up for printing.
pub(super) fn set_up(
    sheet: &mut Worksheet,
    printed: &Printed<'_>,
    language: Language,
) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(9);
    sheet.set_margins(0.4, 0.4, 0.9, 0.6, 0.35, 0.3);
    sheet.set_print_center_horizontally(true);
    let (row, column) = printed.end;
    sheet.set_print_area(printed.headings, 0, row, column)?;
    sheet.set_repeat_rows(printed.headings, printed.headings)?;
    let pages = (printed.width / PAGE).ceil().clamp(1.0, 20.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of pages from 1 to 20"
    )]
    let pages = pages as u16;
    if pages > 1 {
        sheet.set_repeat_columns(0, 1)?;
    }
    sheet.set_print_fit_to_pages(pages, 0);
    sheet.set_header(header(printed.title, printed.line));
    sheet.set_footer(match language {
        Language::Zh => "&L&A&C第 &P 页 共 &N 页",
        Language::En => "&L&A&CPage &P of &N",
    });
    Ok(())
}

/// Title and line, the line cut where a header can hold no more; `&` begins what is no text.
fn header(title: &str, line: &str) -> String {
    let mut header = format!(
        "&L&\"黑体,Bold\"&16{}\n&\"宋体,Regular\"&9",
        shielded(title)
    );
    let left = HEADER.saturating_sub(header.encode_utf16().count());
    // a digit behind the size would be a part of it
    header.extend(" ".chars().chain(shielded(line).chars()).take(left));
    header
}

fn shielded(text: &str) -> String {
    text.replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_holds_no_more_than_it_can() {
        let header = header("R&D 用地", &"据".repeat(400));
        assert!(header.starts_with("&L&\"黑体,Bold\"&16R&&D 用地\n"));
        assert_eq!(header.chars().count(), HEADER);
    }
}
