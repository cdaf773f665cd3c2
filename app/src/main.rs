use std::process::ExitCode;

use clap::Parser;
use rapport::{
    cli::Rapport,
    command,
    config::{Config, LogFormat},
};
use sentry::integrations::tracing::ErrorLayer;
use tracing_subscriber::{EnvFilter, Layer, filter::LevelFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

fn main() -> ExitCode {
    let rapport = Rapport::parse();
    // A missing .env is no fault: nothing has to be set.
    let _ = dotenvy::dotenv();
    let config = match Config::read() {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            return ExitCode::from(2);
        }
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let _sentry = rapport::sentry::begin(&config);
    log(&config);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command::execute(rapport, config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// To standard error, one line each; in JSON nothing that a caller sent can forge a line.
fn log(config: &Config) {
    let filter = EnvFilter::new(&config.log_filter);
    let lines = match config.log_format {
        LogFormat::Json => fmt::layer().json().with_writer(std::io::stderr).boxed(),
        LogFormat::Text => fmt::layer().with_writer(std::io::stderr).with_ansi(false).boxed(),
    };
    let to_sentry = ErrorLayer::new().with_filter(LevelFilter::ERROR);
    tracing_subscriber::registry().with(filter).with(lines).with(to_sentry).init();
}
