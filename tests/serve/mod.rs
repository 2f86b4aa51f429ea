//! `plotratio serve`: what it answers, that it judges as `check` does, and what it refuses.

mod hostile;
mod lists;
mod what_if;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use serde_json::Value;

use crate::command_line::{plotratio, run, sample};

/// The program, serving a run.
pub struct Server {
    child: Child,
    pub port: u16,
}

/// An answer.
pub struct Answer {
    pub code: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|why| panic!("{why}: {} {text}", self.head))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Serves a folder.
    pub fn of(folder: &Path) -> Self {
        let mut command = plotratio();
        command
            .args(["serve", "--no-open", "--lang", "en"])
            .arg(folder);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let port = line
            .trim()
            .trim_end_matches('/')
            .rsplit(':')
            .next()
            .unwrap();
        let port = port.parse().unwrap_or_else(|_| panic!("{line}"));
        Self { child, port }
    }

    /// Sends bytes as they are, and reads what comes.
    pub fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        // a server that refuses may hang up before it has read all
        let _ = stream.write_all(bytes);
        let mut all = Vec::new();
        let mut part = vec![0; 1 << 16];
        while let Ok(count @ 1..) = stream.read(&mut part) {
            all.extend_from_slice(&part[..count]);
        }
        let end = all
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap_or(all.len());
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let code = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or(0);
        let body = all.get(end + 4..).unwrap_or_default().to_vec();
        Answer { code, head, body }
    }

    pub fn get(&self, path: &str) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        self.raw(
            format!("GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes(),
        )
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let (host, body) = (format!("127.0.0.1:{}", self.port), body.to_string());
        let head = format!(
            "POST {path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        self.raw(&[head.as_bytes(), body.as_bytes()].concat())
    }

    /// The row of a parcel.
    pub fn row_of(&self, id: &str) -> u64 {
        let found = self.get(&format!("/api/parcels?q={id}")).json();
        let rows = found["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["parcel_id"] == id).unwrap();
        row["row"].as_u64().unwrap()
    }
}

/// A finished run over the city of `data-samples`, the `CITY.toml` that says so, and the server of it; made once.
pub struct Place {
    pub city: PathBuf,
    pub run: PathBuf,
    pub server: Server,
    _folder: tempfile::TempDir,
}

/// The place that tests share while any of them uses it; with the last of them its server ends.
pub fn place() -> Arc<Place> {
    static PLACE: Mutex<Weak<Place>> = Mutex::new(Weak::new());
    let mut shared = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(place) = shared.upgrade() {
        return place;
    }
    let place = Arc::new(Place::new());
    *shared = Arc::downgrade(&place);
    place
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path();
        let city = home.join("city.toml");
        let layer = |name: &str| sample().join(name).display().to_string();
        let text = format!(
            "parcels = {:?}\nbuildings = {:?}\nstoreys = {:?}\nplan = {:?}\nas_of = 2022-06-01\n",
            layer("parcels.gpkg"),
            layer("buildings.gpkg"),
            layer("storeys.csv"),
            layer("plan.gpkg"),
        );
        fs::write(&city, text).unwrap();
        let out = home.join("run");
        let (toml, results) = (city.display().to_string(), out.display().to_string());
        run(&["scan", &toml, "--format", "parquet,csv", "-o", &results]);
        let server = Server::of(&out);
        Self {
            city,
            run: out,
            server,
            _folder: folder,
        }
    }
}

/// What `check --json` says of a file.
pub fn check(text: &str, city: Option<&Path>) -> Value {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("case.toml");
    fs::write(&file, text).unwrap();
    let mut command = plotratio();
    command.args(["check", "--json", "--lang", "en"]).arg(&file);
    if let Some(city) = city {
        command.arg("--city").arg(city);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&said).unwrap_or_else(|why| {
        panic!(
            "{why}: {said} {} {text}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}
