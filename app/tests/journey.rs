//! The whole flow and a few crashes, against the binary itself: on SQLite always, on PostgreSQL when there is one to test
//! with. The scripts say what they do, and print one line for each step.

use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
};

/// Runs a script on every engine that there is, at once.
#[expect(clippy::disallowed_methods, reason = "tests are told of their PostgreSQL by the environment")]
fn run(script: &str, options: &[&str]) {
    let mut engines = vec!["sqlite"];
    if env::var_os("TEST_DATABASE_URL").is_some_and(|url| !url.is_empty()) {
        engines.push("postgres");
    }
    thread::scope(|scope| {
        let runs: Vec<_> =
            engines.into_iter().map(|engine| scope.spawn(move || run_on(script, engine, options))).collect();
        for run in runs {
            if let Err(failure) = run.join() {
                std::panic::resume_unwind(failure);
            }
        }
    });
}

fn run_on(script: &str, engine: &str, options: &[&str]) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "scripts", script].iter().collect();
    let done = Command::new("python3")
        .arg("-B")
        .arg(path)
        .args([env!("CARGO_BIN_EXE_rapport"), engine])
        .args(options)
        .stdin(Stdio::null())
        .output()
        .expect("python3 is installed");
    let told = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{script} on {engine}: {}\n{told}", done.status);
}

/// Without the part that waits a minute for the lease of a dead worker.
#[test]
fn a_lead_from_a_website_becomes_a_customer() {
    run("flow.py", &["--no-lease"]);
}

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_server_is_killed() {
    run("crash.py", &["--kills", "3"]);
}

/// Where there is no Chromium, nothing is tried.
#[test]
fn a_page_of_the_website_sends_the_form_of_the_readme() {
    run("form.py", &[]);
}
