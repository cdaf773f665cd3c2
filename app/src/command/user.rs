use std::io::{IsTerminal, stdin};

use base::{
    Result as Answer,
    value::{Email, Text},
};
use serde_json::json;
use uuid::Uuid;

use super::clock;
use crate::{
    cli::NewUser,
    config::Config,
    start::{self, Fault},
};

/// Makes somebody who can log in at once; at first start there is nobody.
pub async fn create(config: &Config, new: NewUser) -> Result<(), Fault> {
    let email = Email::parse(&new.email).map_err(|_| format!("--email: {} is not an e-mail address", new.email))?;
    let name = new.name.clone().unwrap_or_else(|| new.email.split('@').next().unwrap_or_default().to_owned());
    let name = Text::<255>::parse(&name).map_err(|_| "--name: has 1 to 255 characters".to_owned())?;
    let password = password()?;
    let problems = identity::refusals(&password, email.as_str(), name.as_str());
    if !problems.is_empty() {
        return Err(problems.iter().map(|refusal| format!("password: {refusal}")).collect::<Vec<_>>().join("\n"));
    }
    let parts = start::parts(config, clock()).await?;
    let password = identity::hash_password(&password).await.map_err(told)?;
    let made = parts
        .platform
        .write(async |tx| -> Answer<(Uuid, Option<Uuid>)> {
            let new_user = identity::NewUser {
                email: email.clone(),
                name: name.clone(),
                password: password.clone(),
                email_verified: true,
            };
            let user = identity::create_user(tx, new_user).await?;
            let org = match &new.admin_of {
                Some(name) => Some(orgs::admin_of(tx, name, user).await?),
                None => None,
            };
            Ok((user, org))
        })
        .await
        .map_err(told)?;
    let (user, org) = made;
    if new.json {
        println!("{}", json!({ "user_id": user, "email": email.as_str(), "org_id": org }));
    } else {
        println!("{} can log in.", email.as_str());
        if let (Some(org), Some(name)) = (org, new.admin_of) {
            println!("ADMIN of {name}; its `org` header is {org}");
        }
    }
    Ok(())
}

fn password() -> Result<String, Fault> {
    if stdin().is_terminal() {
        let first =
            rpassword::prompt_password("Password (12 to 256 characters): ").map_err(|error| error.to_string())?;
        let again = rpassword::prompt_password("Once more: ").map_err(|error| error.to_string())?;
        return (first == again).then_some(first).ok_or_else(|| "the two passwords differ".to_owned());
    }
    let mut line = String::new();
    stdin().read_line(&mut line).map_err(|error| error.to_string())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[expect(clippy::needless_pass_by_value, reason = "so that map_err(told) reads")]
pub(super) fn told(error: base::Error) -> Fault {
    error.problem().map_or_else(|| error.to_string(), |problem| problem.detail.clone())
}
