//! Requests that are meant to do harm.

use std::io::Write as _;
use std::net::TcpStream;

use serde_json::json;

use super::place;
use crate::command_line::refused;

#[test]
fn no_path_of_the_disk_can_be_reached() {
    let place = place();
    let server = &place.server;
    for path in [
        "/page/../../../Cargo.toml",
        "/page/..%2f..%2f..%2fCargo.toml",
        "/page/%2e%2e/%2e%2e/Cargo.toml",
        "/page//etc/passwd",
        "/page/%2fetc%2fpasswd",
        "/page/..\\..\\Cargo.toml",
        "/../../etc/passwd",
        "/summary.json",
        "/parcels.parquet",
        "/dossier/..%2f..%2fsummary.json",
        "/tiles/..%2fparcels/1/0/0",
        "/tiles/parcels/99/0/0",
        "/tiles/parcels/3/8/0",
        "/tiles/parcels/-1/0/0",
        "/api/parcels/99999999",
        "/api/parcels/18446744073709551616",
    ] {
        let answer = server.get(path);
        assert!((400..500).contains(&answer.code), "{path}: {}", answer.head);
        let text = String::from_utf8_lossy(&answer.body);
        assert!(
            !text.contains("[package]") && !text.contains("root:"),
            "{path}"
        );
    }
}

#[test]
fn a_foreign_name_of_this_machine_is_refused() {
    let place = place();
    let server = &place.server;
    let port = server.port;
    let ask = |head: &str| {
        server
            .raw(format!("GET /api/run HTTP/1.0\r\n{head}\r\n\r\n").as_bytes())
            .code
    };
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
    ] {
        assert_eq!(ask(&format!("Host: {host}")), 403, "{host}");
    }
    assert_eq!(ask("X: y"), 403, "no host at all");
    assert_eq!(ask(&format!("Host: localhost:{port}")), 200);
    assert_eq!(
        ask(&format!(
            "Host: 127.0.0.1:{port}\r\nOrigin: http://evil.example"
        )),
        403
    );
    assert_eq!(
        ask(&format!(
            "Host: 127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site"
        )),
        403
    );
}

/// As many as can be worked on send a byte of their body and wait: others are answered all the same.
#[test]
fn bodies_that_do_not_come_hold_up_nobody() {
    let place = place();
    let port = place.server.port;
    let head = format!(
        "POST /api/judge HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    );
    let open = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    let slow: Vec<TcpStream> = (0..16).map(|_| open()).collect();
    // each of them is known to have come in once a later one has been answered
    for _ in 0..3 {
        assert_eq!(place.server.get("/api/run").code, 200);
    }
    drop(slow);
}

#[test]
fn a_body_is_bounded_and_must_be_what_is_asked_for() {
    let place = place();
    let server = &place.server;
    let huge = json!({ "kind": "x".repeat(2 << 20) });
    assert_eq!(server.post("/api/judge", &huge).code, 413);
    for (path, body) in [
        ("/api/judge", json!(["not", "a", "case"])),
        ("/api/judge", json!({ "kind": "upgrade", "secret": 1 })),
        (
            "/api/judge",
            json!({ "kind": "upgrade\"\n[site]", "row": 0 }),
        ),
        (
            "/api/judge",
            json!({ "kind": "upgrade", "facts": { "site.area_m2\n": 1 } }),
        ),
        (
            "/api/judge",
            json!({ "kind": "upgrade", "facts": { "site.area_m2": [1] } }),
        ),
        (
            "/api/split",
            json!({ "row": 0, "lines": [[[1e300, 2.0], [3.0, 4.0]]] }),
        ),
        (
            "/api/split",
            json!({ "row": 0, "lines": [vec![[1.0, 2.0]; 5000]] }),
        ),
        ("/api/merge", json!({ "rows": [0] })),
        (
            "/api/merge",
            json!({ "rows": (0..2000).collect::<Vec<_>>() }),
        ),
        ("/api/export", json!({ "format": "../../x" })),
    ] {
        let answer = server.post(path, &body);
        assert!(
            (400..500).contains(&answer.code),
            "{path} {body}: {}",
            answer.head
        );
        assert!(
            answer.json()["error"]
                .as_str()
                .is_some_and(|why| !why.is_empty())
        );
    }
    let host = format!("Host: 127.0.0.1:{}", server.port);
    let put = server.raw(format!("PUT /api/judge HTTP/1.0\r\n{host}\r\n\r\n").as_bytes());
    assert_eq!(put.code, 405);
    assert_eq!(server.raw(b"\x16\x03\x01 no http at all\r\n\r\n").code, 400);
}

#[test]
fn every_answer_forbids_what_comes_from_elsewhere() {
    let place = place();
    let server = &place.server;
    for path in [
        "/",
        "/api/run",
        "/page/js/main.js",
        "/nothing",
        "/dossier/0",
    ] {
        let head = server.get(path).head.to_lowercase();
        assert!(
            head.contains("content-security-policy: default-src"),
            "{path}: {head}"
        );
        assert!(head.contains("x-content-type-options: nosniff"), "{path}");
        assert!(!head.contains("access-control-allow-origin"), "{path}");
    }
    let page = String::from_utf8(server.get("/").body).unwrap();
    assert!(!page.contains("http://") && !page.contains("https://"));
}

#[test]
fn a_folder_that_is_no_run_is_refused_with_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().display().to_string();
    let why = refused(&["serve", "--no-open", &folder]);
    assert!(
        why.contains("summary.json") && why.contains("plotratio scan"),
        "{why}"
    );
    let place = place();
    let run = place.run.display().to_string();
    let port = place.server.port.to_string();
    let why = refused(&["serve", "--no-open", "--port", &port, &run]);
    assert!(why.contains(&port) && why.contains("--port"), "{why}");
    let why = refused(&[
        "serve",
        "--no-open",
        "--base",
        &format!("{run}/summary.json"),
        &run,
    ]);
    assert!(why.contains("PMTiles"), "{why}");
}
