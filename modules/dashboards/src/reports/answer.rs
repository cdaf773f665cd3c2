//! A report as JSON or as CSV (RFC 4180), which has the same lines.

use base::{Error, Result, value::Timezone};
use chrono::NaiveDate;
use csv::{Terminator, WriterBuilder};
use poem::{
    IntoResponse, Response,
    http::{StatusCode, header},
};
use poem_openapi::{
    ApiResponse, Enum, Object,
    registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
    types::{ParseFromJSON, ToJSON, Type},
};
use serde_json::Value;

use super::ask::Ask;

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case", rename = "ReportFormat")]
pub enum Format {
    #[default]
    Json,
    Csv,
}

#[derive(Clone, Debug, Object)]
pub struct Report<L: ParseFromJSON + ToJSON> {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The organisation's, by whose clocks the days begin.
    pub time_zone: Timezone,
    /// By period, and then by name.
    #[oai(validator(max_items = 1_000))]
    pub lines: Vec<L>,
}

/// A line of a report, which is a row of its CSV.
pub trait Line: ParseFromJSON + ToJSON {
    /// What stands in it after what it is about, by the names of JSON.
    const COLUMNS: &'static [&'static str];

    /// What only some lines have, by the names of its columns.
    fn more(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}

/// What every line begins with.
const HEAD: [&str; 5] = ["period", "from", "to", "key", "name"];

pub enum Reported<L: Line> {
    Json(Report<L>),
    /// The name of the file, and what is in it.
    Csv(String, Vec<u8>),
}

impl<L: Line> Reported<L> {
    pub fn new(name: &str, ask: &Ask, lines: Vec<L>, format: Format) -> Result<Self> {
        if format == Format::Csv {
            let file = format!("{name}_{}_{}.csv", ask.from, ask.to);
            return Ok(Self::Csv(file, written(&lines).map_err(Error::internal)?));
        }
        let time_zone = Timezone::parse(ask.zone.name()).unwrap_or(Timezone::UTC);
        Ok(Self::Json(Report { from: ask.from, to: ask.to, time_zone, lines }))
    }
}

fn written<L: Line>(lines: &[L]) -> std::result::Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut more: Vec<String> = lines.iter().flat_map(Line::more).map(|(name, _)| name).collect();
    more.sort_unstable();
    more.dedup();
    let columns: Vec<&str> = HEAD.iter().chain(L::COLUMNS).copied().collect();
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    csv.write_record(columns.iter().copied().chain(more.iter().map(String::as_str)))?;
    for line in lines {
        let (told, also) = (line.to_json().unwrap_or_default(), line.more());
        let own = columns.iter().map(|column| match &told[*column] {
            Value::Null => String::new(),
            Value::String(text) => guarded(text),
            other => other.to_string(),
        });
        let also = more.iter().map(|name| also.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text.as_str()));
        csv.write_record(own.collect::<Vec<_>>().iter().map(String::as_str).chain(also))?;
    }
    Ok(csv.into_inner().map_err(|error| error.to_string())?)
}

/// A spreadsheet takes what begins like this for a formula: a quote before it says that it is text (OWASP ASVS 5.0, 1.2.10).
pub(super) fn guarded(text: &str) -> String {
    let quote = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']) { "'" } else { "" };
    format!("{quote}{text}")
}

impl<L: Line> IntoResponse for Reported<L> {
    fn into_response(self) -> Response {
        let answer = Response::builder().status(StatusCode::OK);
        match self {
            Self::Json(report) => answer.content_type("application/json; charset=utf-8").body(report.to_json_string()),
            Self::Csv(file, text) => answer
                .content_type("text/csv; charset=utf-8; header=present")
                .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\""))
                .body(text),
        }
    }
}

impl<L: Line> ApiResponse for Reported<L> {
    fn meta() -> MetaResponses {
        let text = MetaSchemaRef::Inline(Box::new(MetaSchema::new("string")));
        let content = vec![
            MetaMediaType { content_type: "application/json; charset=utf-8", schema: Report::<L>::schema_ref() },
            MetaMediaType { content_type: "text/csv; charset=utf-8; header=present", schema: text },
        ];
        let told = MetaResponse {
            description: "The report; with `format=csv` its lines as rows, with their names above them",
            status: Some(200),
            status_range: None,
            content,
            headers: vec![],
        };
        MetaResponses { responses: vec![told] }
    }

    fn register(registry: &mut Registry) {
        Report::<L>::register(registry);
    }
}
