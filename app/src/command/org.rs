use serde_json::json;

use super::clock;
use crate::{
    config::Config,
    start::{self, Fault},
};

pub async fn list(config: &Config, as_json: bool) -> Result<(), Fault> {
    let parts = start::parts(config, clock()).await?;
    let orgs = parts.platform.read(async |tx| orgs::all(tx).await).await.map_err(|error| error.to_string())?;
    if as_json {
        let orgs: Vec<_> = orgs
            .iter()
            .map(|org| json!({ "id": org.id, "name": org.name, "members": org.members, "is_active": org.is_active }))
            .collect();
        println!("{}", json!(orgs));
        return Ok(());
    }
    for org in orgs {
        let state = if org.is_active { "active" } else { "inactive" };
        println!("{}  {:>5} members  {state:8}  {}", org.id, org.members, org.name);
    }
    Ok(())
}
