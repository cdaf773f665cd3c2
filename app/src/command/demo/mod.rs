//! Two organisations with believable people and records, to try things out on.

mod records;
mod desk;
mod service;
mod planner;
mod sales;
mod billing;
mod ties;
mod many;

use std::io::{IsTerminal, Write, stdin, stdout};

use base::{
    Request,
    queue::Actors,
    value::{Email, Text},
};
use identity::NewUser;
use rand::distr::{Alphanumeric, SampleString};
use serde_json::json;
use uuid::Uuid;

use super::{clock, user::told};
use crate::{
    cli::Demo,
    config::Config,
    mount::{self, Parts},
    start::{self, Fault},
};

struct Company {
    name: &'static str,
    /// The first one is its admin.
    people: &'static [(&'static str, &'static str)],
}

const COMPANIES: &[Company] = &[
    Company {
        name: "Harbour & Pine",
        people: &[
            ("Ada Brandt", "ada@rapport.example"),
            ("Jonas Keller", "jonas@rapport.example"),
            ("Mei Tanaka", "mei@rapport.example"),
        ],
    },
    Company {
        name: "Northwind Studio",
        people: &[("Lucía Ferrer", "lucia@rapport.example"), ("Sam Okafor", "sam@rapport.example")],
    },
];

struct Login {
    email: &'static str,
    password: String,
    role: &'static str,
    org: Uuid,
    user: Uuid,
}

pub async fn demo(config: &Config, demo: Demo) -> Result<(), Fault> {
    let parts = start::parts(config, clock()).await?;
    if !demo.yes && !fresh(&parts).await? && !agreed()? {
        return Err("nothing was changed".to_owned());
    }
    let mut logins = Vec::new();
    for company in COMPANIES {
        logins.extend(found(&parts, company).await.map_err(told)?);
    }
    for company in 0..COMPANIES.len() {
        let staff = COMPANIES[..company].iter().map(|company| company.people.len()).sum::<usize>();
        let admin = &logins[staff];
        let colleague = &logins[staff + 1];
        fill(&parts, admin, colleague.user).await.map_err(told)?;
    }
    if let Some(first) = logins.first().filter(|_| demo.records > 0) {
        let seller = logins.get(1).map_or(first.user, |login| login.user);
        let (records, of_each) = (demo.records, demo.of_each);
        let many = many::Many { org: first.org, admin: first.user, seller, records, of_each };
        many::many(&parts, many).await.map_err(told)?;
    }
    tell(&logins, demo.json);
    Ok(())
}

async fn fresh(parts: &Parts) -> Result<bool, Fault> {
    let orgs = parts.platform.read(async |tx| orgs::all(tx).await).await.map_err(told)?;
    Ok(orgs.is_empty())
}

fn agreed() -> Result<bool, Fault> {
    if !stdin().is_terminal() {
        return Err("the database holds organisations already; add --yes if that is meant".to_owned());
    }
    print!("The database holds organisations already. Add two more for a demonstration? [y/N] ");
    stdout().flush().map_err(|error| error.to_string())?;
    let mut line = String::new();
    stdin().read_line(&mut line).map_err(|error| error.to_string())?;
    Ok(line.trim().eq_ignore_ascii_case("y"))
}

async fn found(parts: &Parts, company: &Company) -> base::Result<Vec<Login>> {
    let mut people = Vec::new();
    for (name, email) in company.people {
        let password = Alphanumeric.sample_string(&mut rand::rng(), 20);
        people.push((*name, *email, identity::hash_password(&password).await?, password));
    }
    parts
        .platform
        .write(async |tx| {
            let mut logins: Vec<Login> = Vec::new();
            for (name, email, hash, password) in &people {
                let new = NewUser {
                    email: Email::parse(email).map_err(base::Error::internal)?,
                    name: Text::parse(name).map_err(base::Error::internal)?,
                    password: hash.clone(),
                    email_verified: true,
                };
                let user = identity::create_user(tx, new).await?;
                let (org, role) = match logins.first() {
                    None => (orgs::create_org(tx, company.name, user).await?, "ADMIN"),
                    Some(admin) => {
                        tx.enter(admin.org, Request::default(), async |tx| orgs::join(tx, user).await).await?;
                        (admin.org, "USER")
                    }
                };
                logins.push(Login { email, password: password.clone(), role, org, user });
            }
            Ok(logins)
        })
        .await
}

async fn fill(parts: &Parts, admin: &Login, colleague: Uuid) -> base::Result<()> {
    let gate = mount::gate(parts);
    let actor = gate.actor(admin.org, Some(admin.user), Request::default()).await?;
    let actor = actor.ok_or_else(base::Error::not_found)?;
    parts
        .db
        .apply(&actor, async |tx| {
            records::fill(tx, colleague).await?;
            sales::fill(tx, colleague).await?;
            billing::fill(tx, colleague).await?;
            ties::fill(tx).await?;
            service::fill(tx).await
        })
        .await
}

fn tell(logins: &[Login], as_json: bool) {
    if as_json {
        let logins: Vec<_> = logins
            .iter()
            .map(|login| json!({ "email": login.email, "password": login.password, "role": login.role, "org_id": login.org }))
            .collect();
        println!("{}", json!({ "logins": logins }));
        return;
    }
    println!("The logins, shown once and kept nowhere:");
    for login in logins {
        println!("  {:24} {}  {:5} org: {}", login.email, login.password, login.role, login.org);
    }
}
