//! `PATH`, `PATH:LAYER` or a GDAL connection string → where a layer is.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where a layer is to be read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file or folder, and the name of the layer inside it where given.
    File {
        /// The file, or the folder of a file geodatabase.
        path: PathBuf,
        /// The layer inside it.
        layer: Option<String>,
    },
    /// A database that GDAL connects to (`PG:dbname=city`), and the name of the table where given.
    Database {
        /// The connection string without the table.
        connection: String,
        /// The table.
        layer: Option<String>,
    },
}

impl Source {
    /// Understands what the user wrote. A whole string that names an existing file is that file, colons and all.
    pub fn parse(text: &str) -> Self {
        let connection = text
            .split_once(':')
            .map(|(scheme, _)| scheme.to_ascii_uppercase());
        if matches!(
            connection.as_deref(),
            Some("PG" | "MYSQL" | "MSSQL" | "OCI")
        ) {
            return match text.rsplit_once(':') {
                Some((head, layer))
                    if head.contains(':')
                        // Neither `password@host` nor a port of a URL is a table.
                        && !layer.contains(['=', ' ', '/', '@'])
                        && !layer.bytes().all(|byte| byte.is_ascii_digit()) =>
                {
                    Self::Database {
                        connection: head.to_owned(),
                        layer: Some(layer.to_owned()),
                    }
                }
                _ => Self::Database {
                    connection: text.to_owned(),
                    layer: None,
                },
            };
        }
        if !Path::new(text).exists()
            && let Some((path, layer)) = text.rsplit_once(':')
            && path.len() > 1
            && !layer.is_empty()
            && !layer.contains(['/', '\\'])
        {
            return Self::File {
                path: path.into(),
                layer: Some(layer.to_owned()),
            };
        }
        Self::File {
            path: text.into(),
            layer: None,
        }
    }

    /// The layer asked for.
    pub fn layer(&self) -> Option<&str> {
        match self {
            Self::File { layer, .. } | Self::Database { layer, .. } => layer.as_deref(),
        }
    }

    /// The extension of the file in lower case, empty where there is none.
    pub fn extension(&self) -> String {
        match self {
            Self::File { path, .. } => path
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .to_lowercase(),
            Self::Database { .. } => String::new(),
        }
    }
}

/// Without passwords, so that it can be printed.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, .. } => write!(f, "{}", path.display())?,
            Self::Database { connection, .. } => {
                f.write_str(&without_password(connection))?;
            }
        }
        self.layer().map_or(Ok(()), |layer| write!(f, ":{layer}"))
    }
}

/// A connection string as it can be shown: `password=…` in either quoting is left out, and so is the one in a URL.
fn without_password(connection: &str) -> String {
    if let Some((scheme, rest)) = connection.split_once("://")
        && let Some((user, host)) = rest.rsplit_once('@')
    {
        let user = user.split(':').next().unwrap_or_default();
        return format!("{scheme}://{user}@{}", without_password(host));
    }
    let Some(at) = connection.to_ascii_lowercase().find("password") else {
        return connection.to_owned();
    };
    let value = connection[at + "password".len()..].trim_start_matches([' ', '=']);
    let rest = match value.strip_prefix('\'') {
        Some(quoted) => quoted.split_once('\'').map_or("", |(_, rest)| rest),
        None => value.find([' ', '&']).map_or("", |end| &value[end..]),
    };
    format!("{}{}", connection[..at].trim_end(), without_password(rest))
}

/// Why a source could not be read. Every text names the source and says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is no such file.
    #[error(
        "`{0}` does not exist; check the path (a layer is named behind a colon: `city.gpkg:parcels`)"
    )]
    NotFound(String),
    /// The file is there, but it cannot be opened or read.
    #[error("`{name}` cannot be read: {why}")]
    Unreadable {
        /// The source as the user wrote it.
        name: String,
        /// What the reader said.
        why: String,
    },
    /// There is no such layer in the source.
    #[error("`{name}` has no layer `{layer}`; it has {there}")]
    NoLayer {
        /// The source as the user wrote it.
        name: String,
        /// The layer asked for.
        layer: String,
        /// The names of the layers it has.
        there: String,
    },
    /// Several layers, and none was asked for.
    #[error("`{name}` has several layers; name one, as in `{name}:{first}` (it has {there})")]
    WhichLayer {
        /// The source as the user wrote it.
        name: String,
        /// The first of its layers.
        first: String,
        /// The names of the layers it has.
        there: String,
    },
    /// A layer without what its kind must have.
    #[error("`{name}` cannot serve as `{layer}`: {why}")]
    Unsuitable {
        /// The source as the user wrote it.
        name: String,
        /// The kind of layer it was given for.
        layer: &'static str,
        /// What it lacks, and what to do.
        why: String,
    },
}

impl SourceError {
    /// An error of `source`, with what was said about it.
    pub fn unreadable(source: &Source, why: impl fmt::Display) -> Self {
        Self::Unreadable {
            name: source.to_string(),
            why: why.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, layer: Option<&str>) -> Source {
        Source::File {
            path: path.into(),
            layer: layer.map(str::to_owned),
        }
    }

    #[test]
    fn a_layer_is_named_behind_the_last_colon() {
        assert_eq!(Source::parse("no/city.gpkg"), file("no/city.gpkg", None));
        assert_eq!(
            Source::parse("no/city.gpkg:宗地"),
            file("no/city.gpkg", Some("宗地"))
        );
        assert_eq!(
            Source::parse(r"D:\data\city.gpkg"),
            file(r"D:\data\city.gpkg", None)
        );
        assert_eq!(
            Source::parse(r"D:\data\city.gdb:ZDJBXX"),
            file(r"D:\data\city.gdb", Some("ZDJBXX"))
        );
    }

    #[test]
    fn a_password_is_never_shown() {
        let source = Source::parse("PG:host=localhost dbname=city password=secret:public.zd");
        assert_eq!(source.layer(), Some("public.zd"));
        assert_eq!(
            source.to_string(),
            "PG:host=localhost dbname=city:public.zd"
        );
        for (text, shown) in [
            ("PG:postgresql://u:secret@h", "PG:postgresql://u@h"),
            (
                "PG:postgresql://u:secret@h:5432",
                "PG:postgresql://u@h:5432",
            ),
            (
                "PG:postgresql://u:secret@h/city:zd",
                "PG:postgresql://u@h/city:zd",
            ),
            ("PG:password = 'my secret' host=h", "PG: host=h"),
        ] {
            assert_eq!(Source::parse(text).to_string(), shown);
        }
    }
}
