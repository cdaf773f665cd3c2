use crate::{
    cli::Migrate,
    config::Config,
    start::{self, Fault},
};

pub async fn migrate(config: &Config, step: Migrate) -> Result<(), Fault> {
    config.prepare_data_dir().map_err(|fault| fault.to_string())?;
    let failed = |error| format!("the migrations did not go through: {error}");
    match step {
        Migrate::Up => start::migrate(config).await?,
        Migrate::Status => {}
        Migrate::Down(steps) => {
            let owner = start::owner(config).await?;
            migration::down(&owner, steps.steps.unwrap_or(1)).await.map_err(failed)?;
        }
    }
    let owner = start::owner(config).await?;
    for step in migration::status(&owner).await.map_err(failed)? {
        println!("{} {}", if step.applied { "applied" } else { "pending" }, step.name);
    }
    Ok(())
}
