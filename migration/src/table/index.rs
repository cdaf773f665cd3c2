//! Indexes, named after what they hold.

pub struct Index {
    columns: &'static str,
    condition: Option<&'static str>,
    unique: bool,
}

impl Index {
    pub fn on(columns: &'static str) -> Self {
        Index { columns, condition: None, unique: false }
    }

    pub fn only(self, condition: &'static str) -> Self {
        Index { condition: Some(condition), ..self }
    }

    pub fn unique(self) -> Self {
        Index { unique: true, ..self }
    }

    pub fn sql(&self, table: &str) -> String {
        let unique = if self.unique { "UNIQUE " } else { "" };
        let condition = self.condition.map(|it| format!(" WHERE {it}")).unwrap_or_default();
        let name = self.name(table);
        format!("CREATE {unique}INDEX {name} ON \"{table}\" ({}){condition};\n", self.columns)
    }

    /// `lead_status_created_at_id_idx`: the organisation goes without saying.
    pub fn name(&self, table: &str) -> String {
        let words: Vec<&str> = self
            .columns
            .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .filter(|word| !matches!(*word, "" | "org_id" | "DESC" | "lower"))
            .collect();
        let words = if words.is_empty() { vec!["org_id"] } else { words };
        let end = if self.unique { "key" } else { "idx" };
        format!("{table}_{}_{end}", words.join("_"))
    }
}
