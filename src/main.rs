//! The `handbook` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    prompt_handbook::cli::run()
}
