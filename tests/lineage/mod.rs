//! Where parcels come from: tables as offices write them, real parcels split and merged by script, mosaics cut at random.

mod melque;
mod mosaics;
mod tables;

use std::path::Path;

use plotratio::formats::Source;
use plotratio::read::Request;

fn request(path: &Path, crs: Option<&str>) -> Request {
    Request {
        source: Source::File {
            path: path.to_owned(),
            layer: None,
        },
        filter: None,
        crs: crs.map(Into::into),
        encoding: None,
    }
}
