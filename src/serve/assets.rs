//! The name of a file of the page → its bytes, which are in the program.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "src/serve/page/"]
struct Page;

/// A file of the page.
pub(super) fn asset(name: &str) -> Response {
    let Some(file) = Page::get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let media = match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        _ => "text/plain; charset=utf-8",
    };
    ([(header::CONTENT_TYPE, media)], file.data.into_owned()).into_response()
}
