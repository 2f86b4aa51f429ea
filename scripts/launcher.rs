//! The program of a bundle: starts what lies beside it with the loader and the libraries that came with it, so that nothing
//! of the machine is needed but its kernel.

use std::env;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let Some(home) = env::current_exe().ok().and_then(|own| Some(own.parent()?.to_owned())) else {
        eprintln!("plotratio: its own folder cannot be found; is /proc mounted?");
        return ExitCode::from(2);
    };
    let (libraries, share) = (home.join("lib"), home.join("share"));
    let error = Command::new(libraries.join("ld-linux"))
        .arg("--library-path")
        .arg(&libraries)
        .arg(libraries.join("plotratio"))
        .args(env::args_os().skip(1))
        .env("GDAL_DATA", share.join("gdal"))
        .env("GDAL_DRIVER_PATH", "disable")
        .env("PROJ_DATA", share.join("proj"))
        .env("PROJ_LIB", share.join("proj"))
        .env("PROJ_NETWORK", "OFF")
        .env("GCONV_PATH", libraries.join("gconv"))
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("LD_PRELOAD")
        .exec();
    eprintln!("plotratio: `{}` cannot be started: {error}; unpack the archive again", libraries.display());
    ExitCode::from(2)
}
