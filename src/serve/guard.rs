//! A request → whether it is let in: from this machine and this page alone, so many at a time.

use std::sync::Arc;
use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::answer::Refusal;

/// Requests that are worked on at the same time; more wait.
pub(super) const AT_WORK: usize = 8;

/// The largest body of a request, in bytes.
pub(super) const LARGEST_BODY: usize = 1 << 20;

/// Bodies that come in at the same time; more wait, and hold up nothing else.
const COMING_IN: usize = 32;

/// So long a body may take to come in.
const PATIENCE: Duration = Duration::from_secs(10);

/// What pages may load: from here, and nothing from anywhere else.
pub(super) const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; worker-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a page on a parcel may load: nothing; its style is in it.
pub(super) const POLICY_OF_PAGES: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Who may ask.
pub(super) struct Guard {
    hosts: [String; 3],
    /// Of the port 80 a browser does not say.
    bare: bool,
    work: Semaphore,
    coming_in: Semaphore,
}

impl Guard {
    /// For a server at a port of this machine.
    pub(super) fn of(port: u16) -> Self {
        Self {
            hosts: ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}")),
            bare: port == 80,
            work: Semaphore::new(AT_WORK),
            coming_in: Semaphore::new(COMING_IN),
        }
    }

    /// Whether a name is one of this server: a page elsewhere whose name is made to lead here still says its own.
    fn knows(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let bare = |known: &String| known.rsplit_once(':').is_some_and(|(name, _)| name == host);
        self.hosts.contains(&host) || (self.bare && self.hosts.iter().any(bare))
    }

    fn refuses(
        &self,
        method: &Method,
        headers: &HeaderMap,
        authority: Option<&str>,
    ) -> Option<Refusal> {
        let no = |code, what: &str| Some(Refusal(code, what.to_owned()));
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let known = host.is_some_and(|host| self.knows(host)) && hosts.next().is_none();
        if !known || authority.is_some_and(|name| !self.knows(name)) {
            return no(
                StatusCode::FORBIDDEN,
                "this server answers to this machine alone",
            );
        }
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        if site.is_some_and(|site| !matches!(site, b"same-origin" | b"none")) {
            return no(StatusCode::FORBIDDEN, "a page of another site asked");
        }
        if let Some(origin) = headers.get(header::ORIGIN) {
            let origin = origin
                .to_str()
                .ok()
                .and_then(|origin| origin.strip_prefix("http://"));
            if !origin.is_some_and(|origin| self.knows(origin)) {
                return no(StatusCode::FORBIDDEN, "a page of another site asked");
            }
        }
        if *method == Method::POST {
            let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
            if !kind.is_some_and(|kind| kind.starts_with(b"application/json")) {
                return no(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send JSON");
            }
        } else if *method != Method::GET && *method != Method::HEAD {
            return no(StatusCode::METHOD_NOT_ALLOWED, "ask with GET, HEAD or POST");
        }
        None
    }
}

/// A request with its whole body: one that is sent byte by byte keeps none of those from work that are worked on.
async fn whole(guard: &Guard, request: Request) -> Result<Request, StatusCode> {
    if *request.method() != Method::POST {
        return Ok(request);
    }
    let place = guard.coming_in.acquire().await;
    let _place = place.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let (head, body) = request.into_parts();
    let bytes = tokio::time::timeout(PATIENCE, to_bytes(body, LARGEST_BODY)).await;
    let bytes = bytes.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
    let bytes = bytes.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Ok(Request::from_parts(head, bytes.into()))
}

/// Lets a request in or not, and says of every answer what it may do.
pub(super) async fn guarded(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let authority = request
        .uri()
        .authority()
        .map(|name| name.as_str().to_owned());
    let refusal = guard.refuses(request.method(), request.headers(), authority.as_deref());
    let mut answer = match refusal {
        Some(refusal) => refusal.into_response(),
        None => match whole(&guard, request).await {
            Ok(request) => match guard.work.acquire().await {
                Ok(_permit) => next.run(request).await,
                Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            },
            Err(code) => code.into_response(),
        },
    };
    let headers = answer.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-cache"),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(method: &Method, headers: &[(&'static str, &str)]) -> Option<u16> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let guard = Guard::of(8123);
        guard
            .refuses(method, &map, None)
            .map(|refusal| refusal.0.as_u16())
    }

    #[test]
    fn only_the_names_of_this_machine_with_the_port_are_let_in() {
        for host in [
            "127.0.0.1:8123",
            "localhost:8123",
            "LOCALHOST:8123",
            "[::1]:8123",
        ] {
            assert_eq!(refused(&Method::GET, &[("host", host)]), None, "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:8123",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1.evil.example:8123",
            "",
        ] {
            assert_eq!(
                refused(&Method::GET, &[("host", host)]),
                Some(403),
                "{host}"
            );
        }
        assert_eq!(refused(&Method::GET, &[]), Some(403));
        let two = [("host", "127.0.0.1:8123"), ("host", "evil.example")];
        assert_eq!(refused(&Method::GET, &two), Some(403));
    }

    #[test]
    fn a_page_of_another_site_is_refused() {
        let host = ("host", "127.0.0.1:8123");
        let json = ("content-type", "application/json");
        let post = |more: (&'static str, &str)| refused(&Method::POST, &[host, json, more]);
        assert_eq!(post(("origin", "http://127.0.0.1:8123")), None);
        assert_eq!(post(("origin", "http://evil.example")), Some(403));
        assert_eq!(post(("origin", "null")), Some(403));
        assert_eq!(post(("sec-fetch-site", "cross-site")), Some(403));
        assert_eq!(post(("sec-fetch-site", "same-origin")), None);
        let form = ("content-type", "application/x-www-form-urlencoded");
        assert_eq!(refused(&Method::POST, &[host, form]), Some(415));
        assert_eq!(refused(&Method::DELETE, &[host]), Some(405));
    }
}
