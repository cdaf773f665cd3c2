//! What is asked, as an admin and as somebody who sees a twentieth.

use reqwest::Method;
use serde_json::json;

use crate::{
    Fault, Options,
    load::{Ask, Caller, Times},
    tell,
};

/// As deep as the cursor goes: this many pages of 200.
const PAGES: usize = 220;

/// The admin's times that the plain statements are held against.
pub struct Ours {
    pub list: Option<Times>,
    pub show: Option<Times>,
    /// Ids of leads that there are.
    pub leads: Vec<String>,
}

pub async fn measure(options: &Options, admin: &Caller, seller: &Caller) -> Result<Ours, Fault> {
    let theirs = ask_all(options, "restricted", seller, None).await?;
    let mut ours = ask_all(options, "admin", admin, Some(&theirs)).await?;
    let mut of = |wanted: &str| {
        let place = ours.times.iter().position(|(name, _)| *name == wanted)?;
        Some(ours.times.swap_remove(place).1)
    };
    Ok(Ours { list: of(LIST), show: of(SHOW), leads: ours.leads })
}

const LIST: &str = "list, first page";
const SHOW: &str = "show";

/// What is asked the nth time.
type Question<'q> = Box<dyn Fn(usize) -> Ask + 'q>;

struct Answers {
    times: Vec<(&'static str, Times)>,
    leads: Vec<String>,
}

async fn ask_all(
    options: &Options,
    who: &str,
    caller: &Caller,
    restricted: Option<&Answers>,
) -> Result<Answers, Fault> {
    let leads = some_leads(caller).await?;
    let deep = if "deep cursor".contains(&options.only) { deep_cursor(caller).await? } else { String::new() };
    let lead = |n: usize| format!("/api/leads/{}/", leads[n % leads.len()]);
    let get = |path: &'static str| Box::new(move |_: usize| Ask::get(path)) as Question<'static>;
    let asks: Vec<(&'static str, Question<'_>)> = vec![
        (LIST, get("/api/leads/")),
        (SHOW, Box::new(|n| Ask::get(lead(n)))),
        ("filter status, sort -updated_at", get("/api/leads/?status=in_process&sort=-updated_at")),
        ("filter rating", get("/api/leads/?rating=hot")),
        ("filter status and rating, sort title", get("/api/leads/?status=recycled&rating=hot&sort=title")),
        ("filter that nothing fits, sort -updated_at", get("/api/leads/?status=converted&sort=-updated_at")),
        ("search, rare word", Box::new(|n| Ask::get(format!("/api/leads/?search=lead{}", 100_001 + n * 20)))),
        ("search, common word", get("/api/leads/?search=pilot")),
        ("search, two words", get("/api/leads/?search=pilot%20anna")),
        ("deep cursor", Box::new(|_| Ask::get(format!("/api/leads/?cursor={deep}")))),
        ("create", Box::new(post)),
        ("change", Box::new(|n| patch(lead(n), n))),
    ];
    let mut times = Vec::new();
    for (name, ask) in asks.into_iter().filter(|(name, _)| name.contains(&options.only)) {
        let took = caller.measure(options.requests, ask).await.map_err(|error| format!("{name}: {error}"))?;
        tell(&format!("{who}: {name}"), &took);
        let restricted = restricted.and_then(|all| all.times.iter().find(|(other, _)| *other == name));
        if let Some((_, restricted)) = restricted {
            let [mid, high] = [50, 95].map(|part| restricted.percentile(part) / took.percentile(part));
            println!("{:>44} {mid:7.2}x {high:7.2}x", "restricted / admin");
        }
        times.push((name, took));
    }
    Ok(Answers { times, leads })
}

fn post(n: usize) -> Ask {
    let body = json!({ "title": format!("From the bench {n}"), "last_name": "Measured", "email": format!("bench{n}@mail.example") });
    Ask { method: Method::POST, path: "/api/leads/".to_owned(), body: Some(body) }
}

fn patch(path: String, n: usize) -> Ask {
    Ask { method: Method::PATCH, path, body: Some(json!({ "description": format!("Called, attempt {n}.") })) }
}

async fn some_leads(caller: &Caller) -> Result<Vec<String>, Fault> {
    let page = caller.get("/api/leads/?limit=200").await?;
    let leads = page["results"].as_array().ok_or("no results")?;
    Ok(leads.iter().filter_map(|lead| lead["id"].as_str()).map(str::to_owned).collect())
}

async fn deep_cursor(caller: &Caller) -> Result<String, Fault> {
    let mut cursor = String::new();
    for _ in 0..PAGES {
        let path = if cursor.is_empty() {
            "/api/leads/?limit=200".to_owned()
        } else {
            format!("/api/leads/?limit=200&cursor={cursor}")
        };
        match caller.get(&path).await?["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    Ok(cursor)
}
