//! Requests, so many at once, with a clock beside them.

use std::{
    sync::atomic::{AtomicU32, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use futures_util::future::try_join_all;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    AT_ONCE, Fault,
    server::{Login, Server},
};

/// Somebody with a session.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    url: String,
    token: String,
    org: Uuid,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: Method,
    pub path: String,
    pub body: Option<Value>,
}

impl Ask {
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), body: None }
    }
}

impl Caller {
    pub async fn log_in(server: &Server, login: &Login) -> Result<Self, Fault> {
        let client = Client::builder().pool_max_idle_per_host(AT_ONCE).build()?;
        let mut caller = Self { client, url: server.url.clone(), token: String::new(), org: login.org_id };
        let tokens =
            caller.post("/api/auth/login/", &json!({ "email": login.email, "password": login.password })).await?;
        tokens["access_token"].as_str().ok_or("no access token")?.clone_into(&mut caller.token);
        Ok(caller)
    }

    pub fn in_org(mut self, org: Uuid) -> Self {
        self.org = org;
        self
    }

    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        self.ask(&Ask { method: Method::POST, path: path.to_owned(), body: Some(body.clone()) }).await
    }

    pub async fn get(&self, path: &str) -> Result<Value, Fault> {
        self.ask(&Ask::get(path)).await
    }

    async fn ask(&self, ask: &Ask) -> Result<Value, Fault> {
        let bytes = self.send(ask).await?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    async fn send(&self, ask: &Ask) -> Result<Vec<u8>, Fault> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let [_, a, b, c] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let mut request = self
            .client
            .request(ask.method.clone(), format!("{}{}", self.url, ask.path))
            .header("x-forwarded-for", format!("10.{a}.{b}.{c}"));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token).header("org", self.org.to_string());
        }
        if let Some(body) = &ask.body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let (status, bytes) = (answer.status(), answer.bytes().await?);
        if !status.is_success() {
            return Err(format!("{} {}: {status} {}", ask.method, ask.path, String::from_utf8_lossy(&bytes)).into());
        }
        Ok(bytes.into())
    }

    /// Asks `number` times what `ask` says for each number.
    pub async fn measure(&self, number: usize, ask: impl Fn(usize) -> Ask) -> Result<Times, Fault> {
        measure(number, async |n| self.send(&ask(n)).await.map(|_| ())).await
    }
}

/// How long each of many took.
pub struct Times {
    sorted: Vec<Duration>,
    all: Duration,
}

impl Times {
    /// In milliseconds.
    pub fn percentile(&self, part: usize) -> f64 {
        let place = (self.sorted.len() * part).div_ceil(100).saturating_sub(1);
        self.sorted.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }

    pub fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.sorted.len()).unwrap_or(u32::MAX)) / self.all.as_secs_f64()
    }
}

/// Does `work` for each number below `number`, [`AT_ONCE`] at once, after a short time to get warm.
pub async fn measure(number: usize, work: impl AsyncFn(usize) -> Result<(), Fault>) -> Result<Times, Fault> {
    for n in 0..AT_ONCE * 2 {
        work(number + n).await?;
    }
    let next = AtomicUsize::new(0);
    let one = async || {
        let mut times = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= number {
                return Ok::<_, Fault>(times);
            }
            let began = Instant::now();
            work(n).await?;
            times.push(began.elapsed());
        }
    };
    let began = Instant::now();
    let mut sorted = try_join_all((0..AT_ONCE).map(|_| one())).await?.concat();
    let all = began.elapsed();
    sorted.sort();
    Ok(Times { sorted, all })
}
