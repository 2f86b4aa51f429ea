//! Links the system's libproj, the one GDAL uses too, unless PROJ is built from its sources; says in one line what is missing.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if cfg!(feature = "system-proj")
        && pkg_config::Config::new()
            .atleast_version("9.1")
            .probe("proj")
            .is_err()
    {
        println!(
            "cargo::error=libproj 9.1 or newer is not found: apt install libproj-dev pkg-config, or build with \
             --no-default-features --features bundled"
        );
    }
}
