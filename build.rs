//! Links the system's libproj, the one GDAL uses too, instead of building a second PROJ.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if let Err(error) = pkg_config::Config::new()
        .atleast_version("9.1")
        .probe("proj")
    {
        panic!("libproj 9.1 or newer is needed (Debian: apt-get install libgdal-dev): {error}");
    }
}
