//! Text as people type it → the same in half-width capitals without blanks, so that alike texts are alike.

/// Half-width, capital, without blanks and quotation marks.
pub(crate) fn plain(text: &str) -> String {
    let kept = text.chars().map(half_width).filter(|c| {
        !c.is_whitespace()
            && !matches!(
                c,
                '“' | '”' | '"' | '\'' | '‘' | '’' | '\u{200b}' | '\u{feff}'
            )
    });
    kept.flat_map(char::to_uppercase).collect()
}

/// A full-width sign as the plain one.
pub(crate) const fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(plain) => plain,
            None => c,
        },
        '\u{3000}' => ' ',
        '【' | '〔' => '(',
        '】' | '〕' => ')',
        '—' | '–' | '−' | '―' => '-',
        other => other,
    }
}
