//! The server under measurement: a child process on a database that is filled once.

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde::Deserialize;
use serde_json::json;

use crate::{Engine, Fault, Options, Scenario, load::Caller};

const OTHER_ORGS: usize = 20;
const RECORDS_OF_OTHERS: usize = 25;

/// Somebody who can log in, as `rapport demo --json` tells.
#[derive(Clone, Debug, Deserialize)]
pub struct Login {
    pub email: String,
    pub password: String,
    pub org_id: uuid::Uuid,
}

/// Who to ask as.
pub struct Filled {
    pub admin: Login,
    /// A twentieth of the leads is assigned to them, and they see no others.
    pub seller: Login,
}

#[derive(Deserialize)]
struct Logins {
    logins: Vec<Login>,
}

/// A running server; it is killed when this is dropped.
pub struct Server {
    child: Child,
    pub url: String,
    /// From the start of the process to its first answer.
    pub awake: Duration,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub async fn start(options: &Options, folder: &Path) -> Result<Self, Fault> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let url = format!("http://127.0.0.1:{port}");
        let began = Instant::now();
        let mut command = command(options, folder);
        command.arg("serve").env("LISTEN", format!("127.0.0.1:{port}"));
        let child = command.stdout(Stdio::null()).stderr(fs::File::create(folder.join("serve.log"))?).spawn()?;
        let mut server = Self { child, url, awake: Duration::ZERO };
        let client = reqwest::Client::new();
        let ready = format!("{}/readyz", server.url);
        while !client.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
            if began.elapsed() > Duration::from_mins(1) || server.child.try_wait()?.is_some() {
                return Err(format!("the server does not start; see {}", folder.join("serve.log").display()).into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.awake = began.elapsed();
        Ok(server)
    }

    /// Resident memory, and how much of it is the process's own: the rest is the program and, on SQLite, the database
    /// file mapped into memory, which the system takes back when it needs it.
    pub fn memory(&self) -> Result<String, Fault> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let mut told = String::new();
        for (name, as_told) in [("VmRSS:", "resident"), ("RssAnon:", "own"), ("VmHWM:", "most resident")] {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            let kib: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
            write!(told, "{as_told} {:.1} MB  ", kib / 1024.0)?;
        }
        Ok(told)
    }
}

/// How long several starts take to their first answer, in milliseconds.
pub async fn starts(options: &Options, folder: &Path, times: usize) -> Result<Vec<f64>, Fault> {
    let mut all = Vec::new();
    for _ in 0..times {
        all.push(Server::start(options, folder).await?.awake.as_secs_f64() * 1000.0);
    }
    Ok(all)
}

/// Fills the database unless the folder says that it is.
pub async fn fill(options: &Options, folder: &Path) -> Result<Filled, Fault> {
    fs::create_dir_all(folder)?;
    let file = folder.join("logins.json");
    if file.exists() {
        println!("filled before");
    } else {
        let began = Instant::now();
        let of_each = (options.scenario == Scenario::Day).then_some("--of-each");
        let output = command(options, folder)
            .args(["demo", "--json", "--yes", "--records", &options.records().to_string()])
            .args(of_each)
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err("the database could not be filled".into());
        }
        println!("filled in {:.0} s", began.elapsed().as_secs_f64());
        let logins: Logins = serde_json::from_slice(&output.stdout)?;
        found_others(options, folder, &logins.logins[0]).await?;
        fs::write(file, output.stdout)?;
    }
    let logins: Logins = serde_json::from_slice(&fs::read(folder.join("logins.json"))?)?;
    let [admin, seller, ..] = logins.logins.as_slice() else { return Err("logins.json names nobody".into()) };
    Ok(Filled { admin: admin.clone(), seller: seller.clone() })
}

async fn found_others(options: &Options, folder: &Path, admin: &Login) -> Result<(), Fault> {
    let server = Server::start(options, folder).await?;
    let founder = Caller::log_in(&server, admin).await?;
    for org in 0..OTHER_ORGS {
        let made = founder.post("/api/orgs/", &json!({ "name": format!("Neighbour {}", org + 1) })).await?;
        let id = made.get("id").and_then(|id| id.as_str()).ok_or("an organisation without an id")?;
        let there = founder.clone().in_org(id.parse()?);
        for n in 0..RECORDS_OF_OTHERS {
            let title = format!("Pilot project {n}");
            let lead = json!({ "title": title, "email": format!("lead{n}@mail.example") });
            there.post("/api/leads/", &lead).await?;
            if options.scenario == Scenario::Day {
                there.post("/api/opportunities/", &json!({ "name": title })).await?;
                there.post("/api/cases/", &json!({ "name": title })).await?;
                there.post("/api/tasks/", &json!({ "title": title })).await?;
            }
        }
    }
    Ok(())
}

fn command(options: &Options, folder: &Path) -> Command {
    let mut command = Command::new(&options.binary);
    if options.engine == Engine::Sqlite {
        command.env_remove("DATABASE_URL").env_remove("DATABASE_OWNER_URL");
    }
    command
        .env("RAPPORT_DATA_DIR", folder.join("data"))
        .env("METRICS_LISTEN", "off")
        .env("ACCESS_TOKEN_SECONDS", "86400")
        // Each request says another address, for the limit of requests holds for each address.
        .env("TRUSTED_PROXIES", "127.0.0.1/32")
        .env("LOG", "warn");
    command
}
