//! How fast lists, shows and writes are in an organisation with a million leads, beside twenty other organisations.
//!
//! `cargo bench -p rapport --bench million -- --engine sqlite`; on PostgreSQL with `DATABASE_URL` and
//! `DATABASE_OWNER_URL` of an empty database. It measures the binary as a client sees it, over HTTP with keep-alive,
//! as an admin and as somebody to whom 5 % of the leads are assigned.
//!
//! With `--scenario day`: boards, forecast, calendar and the rest of a working day, in an organisation with 100,000 leads,
//! opportunities, cases, tasks and events each, held against the bar that is set for them.

mod asks;
mod day;
mod load;
mod plain;
mod server;

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use load::Times;
use server::Server;

/// The same for every measurement: what the targets are set for.
const AT_ONCE: usize = 4;
/// How long after its start a server counts as idle.
const IDLE: std::time::Duration = std::time::Duration::from_secs(10);

type Fault = Box<dyn std::error::Error + Send + Sync>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engine {
    Sqlite,
    Postgres,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// Lists, shows and writes among a million leads
    Leads,
    /// Boards, forecast, calendar and my day among 100,000 records of each kind
    Day,
}

/// Measures the server with many records.
#[derive(Debug, Parser)]
struct Options {
    #[arg(long, value_enum, default_value = "leads")]
    scenario: Scenario,
    #[arg(long, value_enum, default_value = "sqlite")]
    engine: Engine,
    /// Records of the large organisation, of each kind that the scenario has: 1,000,000 leads, or 100,000 of each.
    #[arg(long)]
    records: Option<u64>,
    /// Requests of each kind.
    #[arg(long, default_value_t = 400)]
    requests: usize,
    /// A folder for the database and the logins, kept to be measured again without filling it; in PostgreSQL's case the
    /// database must be the same, too.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Another binary than the one of this build.
    #[arg(long, default_value = env!("CARGO_BIN_EXE_rapport"))]
    binary: PathBuf,
    /// Only the questions whose name has this in it.
    #[arg(long, default_value = "")]
    only: String,
    /// Cargo says this to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    fn records(&self) -> u64 {
        self.records.unwrap_or(if self.scenario == Scenario::Day { 100_000 } else { 1_000_000 })
    }
}

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = Options::parse();
    let folder = options.keep.clone().unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("million"));
    if options.keep.is_none() && folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let filled = server::fill(&options, &folder).await?;
    let what = if options.scenario == Scenario::Day { "of each kind" } else { "leads" };
    println!("engine {:?}, {} {what}, {} at once", options.engine, options.records(), AT_ONCE);

    let starts = server::starts(&options, &folder, 5).await?;
    println!(
        "first answer after the start, ms: {}",
        starts.iter().map(|ms| format!("{ms:.0}")).collect::<Vec<_>>().join(", ")
    );
    let server = Server::start(&options, &folder).await?;
    tokio::time::sleep(IDLE).await;
    println!("idle: {}", server.memory()?);

    let admin = load::Caller::log_in(&server, &filled.admin).await?;
    let seller = load::Caller::log_in(&server, &filled.seller).await?;
    println!("\n{:44} {:>8} {:>8} {:>8} {:>9}", "", "p50 ms", "p95 ms", "p99 ms", "requests/s");
    if options.scenario == Scenario::Day {
        day::measure(&options, &admin, &seller).await?;
        println!("\nunder load: {}", server.memory()?);
        return Ok(());
    }
    let ours = asks::measure(&options, &admin, &seller).await?;
    println!("\nunder load: {}", server.memory()?);
    drop(server);
    plain::measure(&options, &folder, &filled, &ours).await
}

/// One line of the table.
fn tell(name: &str, times: &Times) {
    let [p50, p95, p99] = [50, 95, 99].map(|part| times.percentile(part));
    println!("{name:44} {p50:8.1} {p95:8.1} {p99:8.1} {:9.0}", times.per_second());
}
