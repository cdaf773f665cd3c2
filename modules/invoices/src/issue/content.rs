//! What an issued invoice says, and the hash by which anyone can tell that it still says so.

use std::fmt::Write;

use base::{Error, Result, Tx};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    invoice::{Entity, Model},
    lines::{Made, made},
};

/// The hash of what an issued invoice says now, reckoned again.
///
/// # Errors
/// 404 when it is not there for the actor.
pub async fn content_hash(tx: &Tx, id: Uuid) -> Result<String> {
    let row = tx.get::<Entity>(id).await?;
    if row.number.is_none() {
        return Err(Error::not_found());
    }
    Ok(hash(&row, &made(tx, id).await?))
}

/// SHA-256 over the canonical JSON of all that is issued.
pub fn hash(row: &Model, made: &Made) -> String {
    let mut text = String::new();
    canonical(&content(row, made), &mut text);
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// All that it says, and nothing of what the house says about it. Numbers are strings without needless noughts.
fn content(row: &Model, made: &Made) -> Value {
    let amounts = [
        ("line_total", row.line_total),
        ("discounts", row.discounts),
        ("charges", row.charges),
        ("net_total", row.net_total),
        ("tax_total", row.tax_total),
        ("rounding", row.rounding),
        ("total", row.total),
    ];
    let totals: Value =
        amounts.into_iter().map(|(name, amount)| (name.to_owned(), json!(amount.normalize().to_string()))).collect();
    json!({
        "id": row.id,
        "number": row.number,
        "series_id": row.series_id,
        "issue_date": row.issue_date,
        "due_date": row.due_date,
        "terms": row.terms,
        "title": row.title,
        "account_id": row.account_id,
        "contact_id": row.contact_id,
        "opportunity_id": row.opportunity_id,
        "currency": row.currency,
        "prices_include_tax": row.prices_include_tax,
        "service_from": row.service_from,
        "service_to": row.service_to,
        "buyer_reference": row.buyer_reference,
        "order_reference": row.order_reference,
        "notes": row.notes,
        "buyer": row.buyer,
        "seller": row.seller,
        "bank_account": row.bank_account,
        "lines": made.told_lines(),
        "adjustments": made.told_adjustments(),
        "totals": totals,
        "taxes": row.taxes,
    })
}

/// As RFC 8785 writes JSON of strings, truth values and nothing else: the names of an object in their order, no space.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_unstable();
            text.push('{');
            for (place, name) in names.into_iter().enumerate() {
                let comma = if place > 0 { "," } else { "" };
                let _ = write!(text, "{comma}{}:", json!(name));
                canonical(&members[name], text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                canonical(item, text);
            }
            text.push(']');
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_in_which_members_came_does_not_matter() {
        let mut text = String::new();
        canonical(&json!({ "b": ["x", null, true], "a": { "d": "\"", "c": {} } }), &mut text);
        assert_eq!(text, r#"{"a":{"c":{},"d":"\""},"b":["x",null,true]}"#);
    }
}
