//! The command line program: arguments in, files and an exit code out.

use std::process::ExitCode;

use plotratio::cli::{Outcome, arguments, run};

fn main() -> ExitCode {
    match run(arguments()) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NotPassed) => ExitCode::from(1),
        Err(error) => {
            eprintln!("plotratio: {}", chain(error.as_ref()));
            ExitCode::from(2)
        }
    }
}

/// An error and what caused it, in one line; a cause that the error already quotes is not said twice.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}
