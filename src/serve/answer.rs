//! What went well or wrong → an answer over HTTP.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::write::Language;

/// Why a request is not answered as it wished; the text is for a person.
#[derive(Debug)]
pub(super) struct Refusal(pub StatusCode, pub String);

impl Refusal {
    /// There is no such thing.
    pub(super) fn missing(what: impl Into<String>) -> Self {
        Self(StatusCode::NOT_FOUND, what.into())
    }

    /// What was sent cannot be used.
    #[expect(clippy::needless_pass_by_value, reason = "taken by `map_err`")]
    pub(super) fn wrong(what: impl ToString) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, what.to_string())
    }

    /// What was to work did not.
    #[expect(clippy::needless_pass_by_value, reason = "taken by `map_err`")]
    pub(super) fn failed(what: impl ToString) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, what.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let zh = Language::Zh.message(&self.1);
        (self.0, Json(json!({ "error": self.1, "zh": zh }))).into_response()
    }
}
