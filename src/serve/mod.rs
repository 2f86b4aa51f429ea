//! A finished run → a map of it on this machine alone, where one asks “and if …?” and sees the answer with its articles.

mod answer;
mod assets;
mod attributes;
mod case;
mod export;
mod guard;
mod known;
mod layers;
mod list;
mod panel;
mod parts;
mod routes;
mod shapes;
mod state;
mod words;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::formats::CrsError;
use crate::geometry::TransformError;
use crate::read::ReadError;

/// What is served, and how.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The folder of the run.
    pub run: PathBuf,
    /// The port; a free one where none is given.
    pub port: Option<u16>,
    /// A base map beneath it: a PMTiles archive.
    pub base: Option<PathBuf>,
    /// The pack that the run was judged by, where it is one of the user's own.
    pub policy: Option<String>,
    /// The language that the page opens in.
    pub language: crate::write::Language,
}

/// Why a run cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The run cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Its coordinates have no place on the earth.
    #[error("the run has no place on a map: {0}")]
    Place(#[from] TransformError),
    /// Degrees are unknown to PROJ.
    #[error(transparent)]
    Crs(#[from] CrsError),
    /// The policy that it was judged by cannot be had.
    #[error(
        "the run was judged by the policy `{policy}`, whose text is not here as it was then: {why}; name the pack with `--policy FILE`"
    )]
    Policy {
        /// The policy.
        policy: String,
        /// What is wrong.
        why: String,
    },
    /// The base map cannot be read.
    #[error("`--base {file}`: {why}; name a PMTiles file of version 3")]
    Base {
        /// The file.
        file: String,
        /// What the system said, or is wrong with it.
        why: io::Error,
    },
    /// The port cannot be had.
    #[error("port {port} cannot be had: {why}; leave `--port` out for a free one")]
    Port {
        /// The port.
        port: u16,
        /// What the system said.
        why: io::Error,
    },
    /// The server stopped.
    #[error("the server stopped: {0}")]
    Stopped(#[from] io::Error),
}

/// Serves a run until Ctrl-C; `ready` is told the address at which it is.
///
/// # Errors
/// When the run cannot be read, or the port cannot be had.
pub fn serve(options: &ServeOptions, ready: impl FnOnce(&str)) -> Result<(), ServeError> {
    let state = Arc::new(state::State::open(options)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(guard::AT_WORK * 2)
        .enable_io()
        .enable_time()
        .build()?;
    runtime.block_on(async {
        let port = options.port.unwrap_or(0);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(address)
            .await
            .map_err(|why| ServeError::Port { port, why })?;
        let port = listener.local_addr()?.port();
        let warm = Arc::clone(&state);
        // what finds parcels by their place is made ready while the first map is looked at
        tokio::task::spawn_blocking(move || warm.warm());
        let routes = routes::routes(state, port);
        ready(&format!("http://127.0.0.1:{port}/"));
        axum::serve(listener, routes)
            .with_graceful_shutdown(interrupted())
            .await?;
        Ok(())
    })
}

/// Until somebody presses Ctrl-C, or the system asks to end.
async fn interrupted() {
    let pressed = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut ended) => tokio::select! {
                () = pressed => {}
                _ = ended.recv() => {}
            },
            Err(_) => pressed.await,
        }
    }
    #[cfg(not(unix))]
    pressed.await;
}

/// The name of a folder, without the way to it.
fn name_of(folder: &Path) -> String {
    let named = folder.canonicalize();
    let named = named.as_deref().unwrap_or(folder).file_name();
    named
        .unwrap_or(folder.as_os_str())
        .to_string_lossy()
        .into_owned()
}
