//! What no build reads, by the extension of its name → what to do about it.

/// What to do about a file that is of no format of layers; nothing where its name does not tell.
pub fn advice(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "rar" | "7z" | "tar" | "tgz" | "bz2" | "xz" => {
            "an archive of this kind is not read; unpack it and name a file (zip archives are read as they are)"
        }
        "wt" | "wl" | "wp" => {
            "files of MapGIS are not read; export it to Shapefile or GeoPackage there"
        }
        "mdf" | "bak" | "dmp" => {
            "a file of a database server is not read; connect to the server (`PG:dbname=…`), or export the table"
        }
        "pdf" | "doc" | "docx" | "wps" | "png" | "jpg" | "jpeg" | "tif" => {
            "a document or picture holds no layer; ask for the data that it was made from"
        }
        _ => return None,
    })
}
