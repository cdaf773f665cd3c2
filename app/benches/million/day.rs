//! What is opened every day, as somebody who sees a twentieth and as an admin.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Fault, Options,
    load::{Ask, Caller, Times},
    tell,
};

/// 95 of 100 answers come within so many milliseconds, for whoever does not see everything.
const BAR: f64 = 50.0;

/// What is asked the nth time.
type Question<'q> = Box<dyn Fn(usize) -> Ask + 'q>;

struct Asked<'q> {
    name: &'static str,
    /// Whether the bar holds for it.
    barred: bool,
    question: Question<'q>,
}

pub async fn measure(options: &Options, admin: &Caller, seller: &Caller) -> Result<(), Fault> {
    println!("the bar: p95 below {BAR:.0} ms where it says so");
    let mut above = ask_all(options, "restricted", seller, true).await?;
    above.extend(ask_all(options, "admin", admin, false).await?);
    match above.as_slice() {
        [] => println!("\neverything is below the bar"),
        above => println!("\nabove the bar: {}", above.join(", ")),
    }
    Ok(())
}

/// The names of what is above the bar.
async fn ask_all(options: &Options, who: &str, caller: &Caller, is_barred: bool) -> Result<Vec<String>, Fault> {
    let today = text(&caller.get("/api/tasks/my-day/").await?["date"]);
    let year = today.split('-').next().unwrap_or_default().to_owned();
    let week = format!("from={today}T00:00:00Z&to={}T00:00:00Z", later(&today, 7)?);
    let cards = cards(caller).await?;
    let get = |path: String| Box::new(move |_: usize| Ask::get(path.clone())) as Question<'_>;
    let asked = |name, barred, question| Asked { name, barred, question };
    let all = [
        asked("board of opportunities", true, get("/api/opportunities/board/".to_owned())),
        asked("board of cases", true, get("/api/cases/board/".to_owned())),
        asked("board of tasks", true, get("/api/tasks/board/".to_owned())),
        asked("move of a card", false, Box::new(|n| shift(&cards, n)) as Question<'_>),
        asked("forecast of a quarter", true, get("/api/forecast/".to_owned())),
        asked("forecast of a year", true, get(format!("/api/forecast/?from={year}-01-01&to={year}-12-31"))),
        asked("dashboard", true, get("/api/dashboard/".to_owned())),
        asked("my day", true, get("/api/tasks/my-day/".to_owned())),
        asked("events of a week", false, get(format!("/api/events/calendar/?{week}"))),
        asked("free or busy for a week", false, get(format!("/api/events/free-busy/?{week}"))),
    ];
    let mut above = Vec::new();
    for Asked { name, barred, question } in all.into_iter().filter(|asked| asked.name.contains(&options.only)) {
        let took = caller.measure(options.requests, question).await.map_err(|error| format!("{name}: {error}"))?;
        let name = format!("{who}: {name}");
        tell(&name, &took);
        if barred && is_barred && !is_below(&took) {
            println!("{:>44} {:>8} {:>8.1}", "above the bar of", "", BAR);
            above.push(name);
        }
    }
    Ok(above)
}

fn is_below(took: &Times) -> bool {
    took.percentile(95) < BAR
}

/// Some of those that stand in the first stage.
async fn cards(caller: &Caller) -> Result<Vec<String>, Fault> {
    let board = caller.get("/api/opportunities/board/?limit=50").await?;
    let cards = board["columns"][0]["results"].as_array().ok_or("a board without columns")?;
    let cards: Vec<String> = cards.iter().map(|card| text(&card["id"])).collect();
    if cards.len() > 8 { Ok(cards) } else { Err("too few cards to move".into()) }
}

/// Within the stage, right beside another.
fn shift(cards: &[String], n: usize) -> Ask {
    let (card, step) = (n % cards.len(), 1 + n * 7 % (cards.len() - 1));
    let side = if n.is_multiple_of(2) { "before" } else { "after" };
    let body = json!({ side: cards[(card + step) % cards.len()] });
    Ask { method: Method::POST, path: format!("/api/opportunities/{}/move/", cards[card]), body: Some(body) }
}

fn later(day: &str, days: u64) -> Result<String, Fault> {
    let day: chrono::NaiveDate = day.parse()?;
    Ok((day + chrono::Days::new(days)).to_string())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
