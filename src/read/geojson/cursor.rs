//! JSON text → its tokens, one after another, each with the byte where it stands.

use std::borrow::Cow;

/// What is wrong, and at which byte.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) why: Cow<'static, str>,
}

/// A place in JSON text. Every method that fails leaves it where it cannot go on.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

/// A number as it is written: whole where it has neither fraction nor exponent and fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Whole(i64),
    Real(f64),
}

/// Deeper nesting than this is refused, so that no file can exhaust the stack.
const DEEPEST: usize = 128;

impl<'a> Cursor<'a> {
    /// Reads `bytes` from `at` on.
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(super) fn fault<T>(&self, why: impl Into<Cow<'static, str>>) -> Result<T, Fault> {
        Err(Fault {
            at: self.at.min(self.bytes.len()),
            why: why.into(),
        })
    }

    /// The next byte that is no white space, not consumed; 0 at the end.
    #[inline]
    pub(super) fn peek(&mut self) -> u8 {
        while let Some(byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return *byte;
            }
            self.at += 1;
        }
        0
    }

    /// Whether nothing but white space is left.
    pub(super) fn at_end(&mut self) -> bool {
        self.peek();
        self.at >= self.bytes.len()
    }

    /// Consumes `byte` if it is next.
    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let next = self.peek() == byte;
        self.at += usize::from(next);
        next
    }

    /// Consumes `byte`, which `what` describes.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8, what: &'static str) -> Result<(), Fault> {
        if self.take(byte) {
            return Ok(());
        }
        self.fault(format!("expected {what}"))
    }

    /// Walks through the members of an object; `member` gets each key with the cursor at its value.
    pub(super) fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.expect(b'{', "`{`")?;
        if self.take(b'}') {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.expect(b':', "`:`")?;
            member(self, key)?;
            if !self.take(b',') {
                return self.expect(b'}', "`,` or `}`");
            }
        }
    }

    /// Walks through the items of an array; `item` is called with the cursor at each.
    #[inline]
    pub(super) fn array(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.expect(b'[', "`[`")?;
        if self.take(b']') {
            return Ok(());
        }
        loop {
            item(self)?;
            if !self.take(b',') {
                return self.expect(b']', "`,` or `]`");
            }
        }
    }

    /// A string; borrowed where it has no escape.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.expect(b'"', "a text in double quotes")?;
        let start = self.at;
        let mut escaped = false;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 1;
                }
                Some(0..0x20) => {
                    return self.fault("a text has a raw line break or control character");
                }
                Some(_) => {}
                None => return self.fault("a text is not ended: expected `\"`"),
            }
            self.at += 1;
        }
        let raw = &self.bytes[start..self.at];
        self.at += 1;
        if escaped {
            return serde_json::from_slice(&self.bytes[start - 1..self.at])
                .map(Cow::Owned)
                .or_else(|_| self.fault("a text has a wrong escape or is not UTF-8"));
        }
        std::str::from_utf8(raw)
            .map(Cow::Borrowed)
            .or_else(|_| self.fault("a text is not UTF-8; convert the file to UTF-8"))
    }

    /// A number, rounded correctly.
    pub(super) fn number(&mut self) -> Result<Number, Fault> {
        self.peek();
        let start = self.at;
        self.at += usize::from(self.bytes.get(start) == Some(&b'-'));
        let zero = self.bytes.get(self.at) == Some(&b'0');
        let mut digits = 0_u64;
        let whole = self.digits(&mut digits);
        if whole == 0 || zero && whole > 1 {
            self.at = start;
            return self.fault("expected a number");
        }
        let (mut fraction, mut plain) = (0, true);
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            plain = false;
            fraction = self.digits(&mut digits);
            if fraction == 0 {
                return self.fault("expected a digit behind the decimal point");
            }
        }
        let mut exponent = false;
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            (plain, exponent) = (false, true);
            if self.digits(&mut 0) == 0 {
                return self.fault("expected a digit of the exponent");
            }
        }
        let text = &self.bytes[start..self.at];
        let negative = text[0] == b'-';
        // With at most 15 digits both operands are exact, so the quotient is the nearest double there is.
        if !exponent && whole + fraction <= 15 {
            if plain && !(negative && digits == 0) {
                let number = digits.cast_signed();
                return Ok(Number::Whole(if negative { -number } else { number }));
            }
            #[expect(clippy::cast_precision_loss, reason = "below 10^15")]
            let number = digits as f64 / TENS[fraction];
            return Ok(Number::Real(if negative { -number } else { number }));
        }
        let text = std::str::from_utf8(text).unwrap_or_default();
        if plain && let Ok(number) = text.parse() {
            return Ok(Number::Whole(number));
        }
        text.parse()
            .map(Number::Real)
            .or_else(|_| self.fault("expected a number"))
    }

    /// Consumes digits and adds them behind `value`, which wraps; how many.
    #[inline]
    fn digits(&mut self, value: &mut u64) -> usize {
        let start = self.at;
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(self.at) {
            *value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        self.at - start
    }

    /// Consumes `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &'static str) -> Result<(), Fault> {
        self.peek();
        if self.bytes[self.at.min(self.bytes.len())..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        self.fault("expected a value")
    }

    /// Passes over any value and gives its text.
    pub(super) fn skip(&mut self) -> Result<&'a str, Fault> {
        self.peek();
        let start = self.at;
        self.skip_to(DEEPEST)?;
        std::str::from_utf8(&self.bytes[start..self.at])
            .or_else(|_| self.fault("a text is not UTF-8; convert the file to UTF-8"))
    }

    fn skip_to(&mut self, depth: usize) -> Result<(), Fault> {
        let Some(depth) = depth.checked_sub(1) else {
            return self.fault("values are nested too deep");
        };
        match self.peek() {
            b'{' => self.object(|cursor, _| cursor.skip_to(depth)),
            b'[' => self.array(|cursor| cursor.skip_to(depth)),
            b'"' => self.string().map(drop),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            b'-' | b'0'..=b'9' => self.number().map(drop),
            _ => self.fault("expected a value"),
        }
    }
}

const TENS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<Number> {
        let mut cursor = Cursor::new(text.as_bytes(), 0);
        cursor.number().ok().filter(|_| cursor.at_end())
    }

    #[test]
    fn numbers_are_the_nearest_double() {
        for text in [
            "0.1",
            "-120.1234567",
            "1e300",
            "120.12345678901234",
            "-0.0",
            "2.5E-3",
            "12345678901234567890",
            "0.30000000000000004",
        ] {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(number(text), Some(Number::Real(expected)), "{text}");
        }
        assert_eq!(number(" -42"), Some(Number::Whole(-42)));
        assert_eq!(
            number("9007199254740993"),
            Some(Number::Whole(9_007_199_254_740_993))
        );
        for text in ["", "-", "01", "1.", ".5", "1e", "+1", "NaN", "0x1"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_is_unescaped_and_never_runs_over_its_end() {
        fn text(json: &str) -> Option<Cow<'_, str>> {
            Cursor::new(json.as_bytes(), 0).string().ok()
        }
        assert_eq!(text(r#""工业""#).as_deref(), Some("工业"));
        assert_eq!(text(r#""a\"\u4e00""#).as_deref(), Some("a\"一"));
        for json in [r#"""#, r#""\"#, r#""\""#, r#""\x""#, "\"a\nb\"", "x"] {
            assert_eq!(text(json), None, "{json}");
        }
    }

    #[test]
    fn nesting_without_end_is_refused_not_followed() {
        let deep = "[".repeat(1_000_000);
        let fault = Cursor::new(deep.as_bytes(), 0).skip().unwrap_err();
        assert_eq!(fault.why, "values are nested too deep");
    }
}
