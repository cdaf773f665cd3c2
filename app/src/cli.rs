//! The command line: what an administrator types. `main.rs` does what is asked here.
#![expect(clippy::doc_markdown, reason = "the comments are the help text, read on a terminal")]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Self-hosted CRM: one binary, SQLite or PostgreSQL
#[derive(Debug, Parser)]
#[command(name = "rapport", version, arg_required_else_help = true, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Rapport {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
First steps:
  rapport serve                                         start; makes its database in ./data
  rapport user create --email you@example.com --admin-of \"Your company\"
  open http://localhost:8000/swagger-ui/

Nothing has to be set. What can be set is read from the environment and from a file .env in the
current folder; .env.example lists it all. `rapport check` says what is wrong with it.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer requests: the API, its documentation, and by default the jobs too
    ///
    /// Brings the database up to date first (MIGRATE_AT_START), then listens on LISTEN. Jobs run inside unless
    /// WORKERS_IN_SERVE is 0. SIGTERM or Ctrl-C finishes what is under way, for SHUTDOWN_SECONDS at most.
    Serve,
    /// Run jobs only: e-mails and whatever else was put off
    ///
    /// For a process of its own beside `serve`. Any number may run at once; no job is taken twice.
    Work(Work),
    /// Bring the database up to date, or look at it
    ///
    /// Runs with DATABASE_OWNER_URL, under a lock: of several at once one migrates and the others wait.
    #[command(subcommand)]
    Migrate(Migrate),
    /// People who can log in
    #[command(subcommand)]
    User(User),
    /// Organisations on this server
    #[command(subcommand)]
    Org(Org),
    /// Fill the database with two organisations to try things out
    ///
    /// Believable people and records, and the logins, printed once: their passwords are random and kept nowhere.
    /// Not for a database in real use.
    Demo(Demo),
    /// Print the API document (OpenAPI 3), or compare it with a file
    #[command(name = "openapi")]
    OpenApi(OpenApi),
    /// Look for everything that would go wrong: settings, database, files, mail
    ///
    /// Reports every problem in one run, one line each, and changes nothing. Exit code 0: all is well.
    Check,
}

#[derive(Debug, Args)]
pub struct Work {
    /// Jobs at the same time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub workers: u16,
}

#[derive(Debug, Subcommand)]
pub enum Migrate {
    /// Apply what is pending
    Up,
    /// List the migrations and which are applied
    Status,
    /// Take the latest back, one unless told otherwise; data in what it made is lost
    Down(Steps),
}

#[derive(Debug, Args)]
pub struct Steps {
    /// How many migrations to take back
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub steps: Option<u32>,
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Create someone who can log in at once, with a verified e-mail address
    ///
    /// The password is asked for, or read as one line from standard input where that is not a terminal; never
    /// given as an argument, which other users of the machine could read. 12 to 256 characters.
    #[command(after_help = "\
Examples:
  rapport user create --email ada@example.com --name \"Ada King\" --admin-of \"Example Ltd\"
  pass show crm/ada | rapport user create --email ada@example.com --json")]
    Create(NewUser),
}

#[derive(Debug, Args)]
pub struct NewUser {
    /// The address to log in with
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// The name others see; without it what stands before the @
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Make this person an ADMIN of the organisation with this name, which is created if there is none
    #[arg(long, value_name = "ORGANISATION")]
    pub admin_of: Option<String>,
    /// Print what was made as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Org {
    /// List the organisations: id, name, members, state
    List(Output),
}

#[derive(Debug, Args)]
pub struct Output {
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Also make N leads, contacts and accounts in the first organisation, with a progress bar
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub records: u64,
    /// And N opportunities, cases, tasks and events each
    #[arg(long, requires = "records")]
    pub of_each: bool,
    /// Do not ask, even if the database holds organisations already
    #[arg(long, short)]
    pub yes: bool,
    /// Print the logins as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct OpenApi {
    /// Compare with a file instead of printing; exit code 1 and the first difference where they differ
    #[arg(long, value_name = "PATH", num_args = 0..=1, default_missing_value = "openapi/openapi.json")]
    pub check: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Rapport::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_says_what_it_is_for() {
        fn visit(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{} has no help", command.get_name());
            for argument in command.get_arguments() {
                let has_help = argument.get_help().is_some() || argument.is_global_set();
                assert!(has_help, "{} of {} has no help", argument.get_id(), command.get_name());
            }
            command.get_subcommands().for_each(visit);
        }
        visit(&Rapport::command());
    }

    #[test]
    fn what_people_type_is_understood() {
        for line in [
            "rapport serve",
            "rapport work --workers 8",
            "rapport migrate up",
            "rapport migrate down --steps 2",
            "rapport user create --email a@example.com --admin-of Acme --json",
            "rapport org list --json",
            "rapport demo --records 1000 --yes",
            "rapport demo --records 1000 --of-each",
            "rapport openapi --check",
            "rapport openapi --check openapi/openapi.json",
            "rapport check",
        ] {
            assert!(Rapport::try_parse_from(line.split(' ')).is_ok(), "{line}");
        }
        for line in
            ["rapport user create", "rapport migrate down --steps 0", "rapport user create --email a@b --password x"]
        {
            assert!(Rapport::try_parse_from(line.split(' ')).is_err(), "{line}");
        }
    }
}
