//! The program `talkoot`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
