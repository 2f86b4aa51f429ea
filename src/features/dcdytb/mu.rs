//! An area of a survey layer in m² → 亩, as its tables (表1-1 … 1-4) give it.

use crate::model::survey::SurveyValue;
use crate::quantity::{Decimal, Exact};

/// In 亩 of 2000/3 m² exactly, rounded half-up to four decimals; `None` where the value is no number.
///
/// Offices divide by 666.6667 instead, which gives 0.00005 亩 less on a thousand: a figure of theirs may differ in its last
/// place.
pub fn mu(m2: &SurveyValue) -> Option<Decimal> {
    m2.number().number()?.over(Exact::MU_M2)?.decimal(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_mu_are_a_thousand_mu() {
        let of = |text: &str| mu(&SurveyValue::Text(text.into())).map(|mu| mu.to_string());
        assert_eq!(of("666666.67").as_deref(), Some("1000.0000"));
        assert_eq!(of("1000").as_deref(), Some("1.5000"));
        assert_eq!(of("0.10").as_deref(), Some("0.0002"));
        assert_eq!(of("三亩"), None);
        assert_eq!(
            mu(&SurveyValue::Number(2000.0)),
            Some(Decimal::new(30_000, 4))
        );
    }
}
