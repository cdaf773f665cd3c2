use std::time::Duration;

use futures_util::{StreamExt, stream::BoxStream};
use poem::{Request, Response, http::Method};
use serde_json::Value;
use tokio::time::timeout;

use crate::{app::TestApp, people::Person};

/// Events as they come.
pub struct Events {
    bytes: BoxStream<'static, Result<Vec<u8>, std::io::Error>>,
    read: String,
    /// The last `id` there was.
    pub last: String,
}

/// One event: its type and its data. A heartbeat has neither.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    pub id: String,
    pub kind: String,
    pub data: Value,
}

impl TestApp {
    /// Listens, from behind `last` if that is not blank.
    pub async fn events(&self, who: &Person, last: &str) -> Events {
        let mut request = Request::builder().method(Method::GET).uri_str("/api/stream/");
        request = request.header("authorization", format!("Bearer {}", who.token));
        request = request.header("org", who.org.unwrap_or_default().to_string());
        if !last.is_empty() {
            request = request.header("last-event-id", last);
        }
        Events::of(self.call(request.finish()).await)
    }
}

impl Events {
    /// # Panics
    /// When it is not a stream.
    pub fn of(response: Response) -> Self {
        assert_eq!(response.status(), 200, "no stream");
        assert_eq!(response.header("content-type"), Some("text/event-stream"));
        assert_eq!(response.header("content-encoding"), None);
        let bytes = response.into_body().into_bytes_stream().map(|bytes| bytes.map(|bytes| bytes.to_vec()));
        Self { bytes: bytes.boxed(), read: String::new(), last: String::new() }
    }

    /// The next event, a heartbeat too; `None` when there is none within `most`, and at the end.
    pub async fn any(&mut self, most: Duration) -> Option<Event> {
        let reading = async {
            loop {
                if let Some(end) = self.read.find("\n\n") {
                    let event = parse(&self.read[..end]);
                    self.read.drain(..end + 2);
                    return Some(event);
                }
                let bytes = self.bytes.next().await?.expect("bytes");
                self.read.push_str(&String::from_utf8(bytes).expect("UTF-8"));
            }
        };
        let event = timeout(most, reading).await.ok()??;
        if !event.id.is_empty() {
            self.last.clone_from(&event.id);
        }
        Some(event)
    }

    /// The next event that says something; `None` when there is none within `most`.
    pub async fn next(&mut self, most: Duration) -> Option<Event> {
        let until = tokio::time::Instant::now() + most;
        loop {
            let left = until.saturating_duration_since(tokio::time::Instant::now());
            let event = self.any(left).await?;
            if !event.kind.is_empty() {
                return Some(event);
            }
        }
    }

    /// Whether it ends within `most`.
    pub async fn ends(&mut self, most: Duration) -> bool {
        let ending = async { while self.bytes.next().await.is_some() {} };
        timeout(most, ending).await.is_ok()
    }
}

fn parse(text: &str) -> Event {
    let mut event = Event::default();
    for line in text.lines() {
        match line.split_once(": ") {
            Some(("id", id)) => id.clone_into(&mut event.id),
            Some(("event", kind)) => kind.clone_into(&mut event.kind),
            Some(("data", data)) => event.data = serde_json::from_str(data).expect("JSON"),
            _ => panic!("no line of an event: {line}"),
        }
    }
    event
}
