use base::Clock;
use sea_orm::ConnectionTrait;

use crate::{
    config::Config,
    start::{self, Fault},
};

/// Looks for everything that would go wrong, and reports all of it.
pub async fn check(config: &Config) -> Result<(), Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    if let Err(fault) = config.prepare_data_dir() {
        faults.push(fault.to_string());
    }
    if let Err(fault) = config.jwt_secrets() {
        faults.push(fault.to_string());
    }
    if let Err(fault) = database(config).await {
        faults.push(fault);
    }
    if let Err(fault) = start::file_store(config) {
        faults.push(fault);
    }
    match start::mailer(config) {
        Ok(mailer) => faults.extend(mailer.check().await.err().map(|error| format!("MAIL_TRANSPORT: {error}"))),
        Err(fault) => faults.push(fault),
    }
    if faults.is_empty() {
        println!("All is well.");
        return Ok(());
    }
    Err(faults.join("\n"))
}

async fn database(config: &Config) -> Result<(), Fault> {
    let db = start::connect(config, Clock::System).await?;
    #[expect(clippy::disallowed_methods, reason = "the binary is where capabilities come from")]
    let platform = base::Platform::new(db);
    let conn = platform.connection();
    conn.execute_unprepared("SELECT 1").await.map_err(|error| format!("DATABASE_URL: {error}"))?;
    start::check_role(conn).await?;
    match migration::pending(conn).await {
        Ok(pending) if pending.is_empty() => Ok(()),
        Ok(pending) if config.database.migrate_at_start => {
            println!("{} migrations will be applied at start.", pending.len());
            Ok(())
        }
        Ok(pending) => Err(format!("{} migrations are pending; run `rapport migrate up`", pending.len())),
        Err(error) => Err(format!("DATABASE_URL: {error}")),
    }
}
