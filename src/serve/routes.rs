//! Addresses → answers.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query as Asking, State as Of};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::Refusal;
use super::assets::asset;
use super::case::{Asked, answer};
use super::export::{Wish, export};
use super::guard::{Guard, LARGEST_BODY, POLICY_OF_PAGES, guarded};
use super::layers::LayerName;
use super::list::{Page, Query, listed};
use super::panel;
use super::parts::{DrawnSplit, Together, merge, split};
use super::state::State;
use super::words::{classes, fact_names, rules};
use crate::write::{Language, Shown, TileId};

type Shared = Arc<State>;

/// The language that an address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
struct Tongue {
    lang: Option<String>,
}

/// Everything that is answered.
pub(super) fn routes(state: Shared, port: u16) -> Router {
    Router::new()
        .route("/", get(|| async { asset("index.html") }))
        .route(
            "/page/{*name}",
            get(|Path(name): Path<String>| async move { asset(&name) }),
        )
        .route("/api/run", get(run))
        .route("/api/parcels", get(list))
        .route("/api/parcels/{row}", get(parcel))
        .route("/api/parcels/{row}/facts", get(facts))
        .route("/api/judge", post(judge))
        .route("/api/split", post(split_drawn))
        .route("/api/merge", post(merge_chosen))
        .route("/api/export", post(export_chosen))
        .route("/dossier/index.html", get(|| async { Redirect::to("/") }))
        .route("/dossier/{row}", get(dossier))
        .route("/tiles/{layer}/{z}/{x}/{y}", get(tile))
        .route("/base/{z}/{x}/{y}", get(base))
        .fallback(|| async { Refusal::missing("there is nothing at this address") })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(
            Arc::new(Guard::of(port)),
            guarded,
        ))
        .with_state(state)
}

/// Works at it on a thread that may take its time.
async fn work<T: Send + 'static>(
    state: Shared,
    task: impl FnOnce(&State) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(move || task(&state)).await;
    done.map_err(Refusal::failed)?
}

/// What was sent, as JSON.
fn sent<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(Refusal::wrong)
}

async fn run(Of(state): Of<Shared>) -> Json<Value> {
    let facts = &state.run.facts;
    let english = state.language(None) == Language::En;
    Json(json!({
        "name": state.name,
        "program": concat!("plotratio ", env!("CARGO_PKG_VERSION")),
        "language": if english { "en" } else { "zh" },
        "policy": { "id": facts.policy, "name": state.run.summary.pointer("/policy/name") },
        "as_of": facts.as_of.to_string(),
        "area": state.run.summary.get("area"),
        "crs": state.run.crs.label(),
        "parcels": state.run.parcels.len(),
        "bounds": state.layers.bounds(),
        "layers": state.layers.names(),
        "base": state.base.as_ref().map(|base| json!({
            "zooms": base.zooms,
            "layers": (base.media == "application/x-protobuf").then_some(&base.layers),
        })),
        "themes": {
            "land_use": classes(Shown::Use),
            "verdict": classes(Shown::Verdict),
            "state": classes(Shown::State),
            "piece": classes(Shown::Piece),
        },
        "districts": state.attributes.district.all(),
        "states": state.attributes.state.all(),
        "land_uses": state.attributes.land_use.all(),
        "rules": rules(&state.pack, facts.as_of),
        "facts": fact_names(),
        "readings": state.pack.readings.iter().map(|reading| json!({
            "name": reading.name, "zh": reading.zh, "en": reading.en, "choices": reading.choices,
        })).collect::<Vec<_>>(),
    }))
}

async fn list(
    Of(state): Of<Shared>,
    Asking(query): Asking<Query>,
    Asking(page): Asking<Page>,
) -> Result<Json<Value>, Refusal> {
    work(state, move |state| Ok(listed(state, &query, &page)))
        .await
        .map(Json)
}

async fn parcel(
    Of(state): Of<Shared>,
    Path(row): Path<usize>,
    Asking(tongue): Asking<Tongue>,
) -> Result<Json<Value>, Refusal> {
    let of = move |state: &State| panel::panel(state, row, state.language(tongue.lang.as_deref()));
    work(state, of).await.map(Json)
}

async fn facts(Of(state): Of<Shared>, Path(row): Path<usize>) -> Result<Json<Value>, Refusal> {
    work(state, move |state| panel::facts(state, row))
        .await
        .map(Json)
}

async fn judge(Of(state): Of<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let asked: Asked = sent(&body)?;
    work(state, move |state| answer(&asked, state))
        .await
        .map(Json)
}

async fn split_drawn(Of(state): Of<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let drawn: DrawnSplit = sent(&body)?;
    work(state, move |state| split(state, &drawn))
        .await
        .map(Json)
}

async fn merge_chosen(Of(state): Of<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let together: Together = sent(&body)?;
    work(state, move |state| merge(state, &together))
        .await
        .map(Json)
}

async fn export_chosen(Of(state): Of<Shared>, body: Bytes) -> Result<Response, Refusal> {
    let wish: Wish = sent(&body)?;
    let file = work(state, move |state| export(state, &wish)).await?;
    let named = format!("attachment; filename=\"{}\"", file.name);
    let headers = [
        (header::CONTENT_TYPE, file.media.to_owned()),
        (header::CONTENT_DISPOSITION, named),
    ];
    Ok((headers, file.bytes).into_response())
}

async fn dossier(
    Of(state): Of<Shared>,
    Path(row): Path<usize>,
    Asking(tongue): Asking<Tongue>,
) -> Result<Response, Refusal> {
    let of = move |state: &State| panel::page(state, row, state.language(tongue.lang.as_deref()));
    let page = work(state, of).await?;
    Ok((
        [(header::CONTENT_SECURITY_POLICY, POLICY_OF_PAGES)],
        Html(page),
    )
        .into_response())
}

async fn tile(
    Of(state): Of<Shared>,
    Path((layer, z, x, y)): Path<(String, u8, u32, u32)>,
    Asking(query): Asking<Query>,
) -> Result<Response, Refusal> {
    let (Some(layer), Some(tile)) = (LayerName::named(&layer), TileId::new(z, x, y)) else {
        return Err(Refusal::missing("there is no such tile"));
    };
    let cut = move |state: &State| {
        let matched = (!query.is_empty()).then(|| state.matched(&query));
        let query = matched
            .as_ref()
            .map(|matched| (State::key_of(&query), &**matched));
        let cut = state
            .layers
            .tile((layer, tile), (&state.run, &state.attributes), query);
        let cut = cut.ok_or_else(|| Refusal::missing("the run has no such layer"))?;
        cut.map_err(Refusal::failed)
    };
    let bytes = work(state, cut).await?;
    Ok(tile_of(bytes.to_vec(), "application/x-protobuf", true))
}

async fn base(
    Of(state): Of<Shared>,
    Path((z, x, y)): Path<(u8, u32, u32)>,
) -> Result<Response, Refusal> {
    let found = move |state: &State| {
        let none = || Refusal::missing("there is no base map");
        let base = state.base.as_ref().ok_or_else(none)?;
        let tile = TileId::new(z, x, y).ok_or_else(none)?;
        let bytes = base.tile(tile).map_err(Refusal::failed)?;
        Ok((bytes.unwrap_or_default(), base.media, base.tiles_packed))
    };
    let (bytes, media, packed) = work(state, found).await?;
    Ok(tile_of(bytes, media, packed))
}

/// A tile; none at all where it is empty.
fn tile_of(bytes: Vec<u8>, media: &'static str, packed: bool) -> Response {
    if bytes.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    let mut answer = ([(header::CONTENT_TYPE, media)], bytes).into_response();
    if packed {
        let gzip = axum::http::HeaderValue::from_static("gzip");
        answer.headers_mut().insert(header::CONTENT_ENCODING, gzip);
    }
    answer
}
