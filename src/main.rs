//! The command line program: arguments in, files and an exit code out.

use std::process::ExitCode;

use plotratio::cli::{Outcome, arguments, complain, run, why};

fn main() -> ExitCode {
    let arguments = arguments();
    let language = arguments.language();
    match run(arguments) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NotPassed) => ExitCode::from(1),
        Err(error) => {
            complain(&format!("plotratio: {}", why(error.as_ref(), language)));
            ExitCode::from(2)
        }
    }
}
