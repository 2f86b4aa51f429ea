//! What GDAL has to say, which would go to stderr → kept for the thread that made it say so.

use std::cell::RefCell;
use std::sync::Once;

use gdal::errors::CplErrType;

/// The messages of a thread since they were last taken.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// How many failures there were.
    pub failures: usize,
    /// The last failure.
    pub last_failure: Option<String>,
    /// The first few different messages, warnings included.
    pub texts: Vec<String>,
}

/// A damaged file can say something for each of a million features: only so many different texts are kept.
const KEPT: usize = 8;

thread_local! {
    static HEARD: RefCell<Messages> = RefCell::default();
}

/// Makes GDAL tell us instead of stderr, from now on and in every thread.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| gdal::config::set_error_handler(hear));
}

fn hear(kind: CplErrType, _number: i32, text: &str) {
    if matches!(kind, CplErrType::None | CplErrType::Debug) {
        return;
    }
    // The gate finds the same ring, and says which and where.
    if matches!(kind, CplErrType::Warning) && text.starts_with("Non closed ring detected") {
        return;
    }
    // A message that comes while they are being taken is let go rather than panicking inside C code.
    let _ = HEARD.try_with(|heard| {
        let Ok(mut heard) = heard.try_borrow_mut() else {
            return;
        };
        // libpq answers in several lines.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if matches!(kind, CplErrType::Failure | CplErrType::Fatal) {
            heard.failures += 1;
            heard.last_failure = Some(text.clone());
        }
        if heard.texts.len() < KEPT && heard.texts.iter().all(|known| *known != text) {
            heard.texts.push(text);
        }
    });
}

/// How many failures this thread has met since the messages were last taken.
pub fn failures() -> usize {
    HEARD.with_borrow(|heard| heard.failures)
}

/// The last failure of this thread.
pub fn last() -> Option<String> {
    HEARD.with_borrow(|heard| heard.last_failure.clone())
}

/// The messages of this thread, which are forgotten.
pub fn take() -> Messages {
    HEARD.take()
}

impl Messages {
    /// The last failure, or what to say where GDAL gave none.
    pub fn why(&self) -> String {
        self.last_failure
            .clone()
            .or_else(|| self.texts.last().cloned())
            .unwrap_or_else(|| "GDAL does not say why".to_owned())
    }
}
