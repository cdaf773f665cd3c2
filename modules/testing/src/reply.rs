use futures_util::StreamExt;
use poem::{
    Response,
    http::{HeaderMap, StatusCode},
};
use serde_json::Value;
use uuid::Uuid;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        // What has no end is read to its first words.
        let bytes = if kind.starts_with("text/event-stream") {
            let first = body.into_bytes_stream().next().await;
            first.and_then(Result::ok).unwrap_or_default().to_vec()
        } else {
            body.into_vec().await.expect("a body")
        };
        Self { status: parts.status, headers: parts.headers, bytes }
    }

    /// The body, which must be JSON; `null` when there is none.
    pub fn json(&self) -> Value {
        if self.bytes.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("not JSON: {}", String::from_utf8_lossy(&self.bytes)))
    }

    /// This answer, which must have this status.
    #[expect(clippy::return_self_not_must_use, reason = "often the status is all that a test asks")]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    pub fn id(&self) -> Uuid {
        self.json()["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no id in {}", self.json()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The stable code of a problem document.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The pointers of all faults of a 422.
    pub fn pointers(&self) -> Vec<String> {
        let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|fault| fault["pointer"].as_str().unwrap_or_default().to_owned()).collect()
    }
}
