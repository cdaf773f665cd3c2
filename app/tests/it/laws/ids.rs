//! What an id is the id of, by where it stands.

/// By the beginning of a path.
const WHOSE: &[(&str, &str)] = &[
    ("/api/leads/", "lead"),
    ("/api/contacts/", "contact"),
    ("/api/accounts/", "account"),
    ("/api/products/", "product"),
    ("/api/opportunities/", "opportunity"),
    ("/api/invoices/", "invoice"),
    ("/api/invoice-series/", "invoice_series"),
    // One for each organisation.
    ("/api/invoice-settings/", "org"),
    ("/api/cases/time-entries/", "time_entry"),
    ("/api/cases/macros/", "case_macro"),
    ("/api/cases/routing-rules/", "routing_rule"),
    ("/api/cases/survey/", "key"),
    ("/api/cases/", "case"),
    ("/api/escalation-rules/", "escalation_rule"),
    ("/api/tasks/", "task"),
    ("/api/goals/", "goal"),
    ("/api/exchange-rates/", "exchange_rate"),
    ("/api/boards/cards/", "card"),
    ("/api/boards/columns/", "board_column"),
    ("/api/boards/", "board"),
    ("/api/solutions/public/", "key"),
    ("/api/solutions/", "solution"),
    ("/api/calendars/", "business_calendar"),
    ("/api/sla-policies/", "sla_policy"),
    ("/api/mailboxes/", "mailbox"),
    ("/api/mail/inbound/{key}/", "mailbox_key"),
    ("/api/mail/inbound/", "inbound_mail"),
    ("/api/events/", "event"),
    ("/api/teams/", "team"),
    ("/api/pipelines/", "pipeline"),
    ("/api/tags/", "tag"),
    ("/api/roles/", "role"),
    ("/api/invitations/", "invitation"),
    ("/api/comments/", "comment"),
    ("/api/attachments/", "attachment"),
    ("/api/forms/{key}/", "key"),
    ("/api/forms/", "form"),
    ("/api/contact-messages/", "contact_message"),
    ("/api/notifications/", "notification"),
    ("/api/jobs/", "job"),
    ("/api/members/", "member"),
    ("/api/orgs/", "org"),
    ("/api/auth/sessions/", "session"),
    ("/api/platform/orgs/", "org"),
];

/// By the name of a member of a body, or of a parameter. `role` is a filter's.
const KINDS: &[(&str, &str)] = &[
    ("assigned_to", "member"),
    ("created_by", "member"),
    ("closed_by", "member"),
    ("member", "member"),
    ("members", "member"),
    ("owners", "member"),
    ("admins", "member"),
    ("mentions", "member"),
    ("member_id", "member"),
    ("owner", "member"),
    ("watchers", "member"),
    ("notify", "member"),
    ("assign_to_id", "member"),
    ("team", "team"),
    ("team_id", "team"),
    ("teams", "team"),
    ("tags", "tag"),
    ("add_tags", "tag"),
    ("remove_tags", "tag"),
    ("add_watchers", "member"),
    ("macro_id", "case_macro"),
    ("contacts", "contact"),
    ("contact_id", "contact"),
    ("leads", "lead"),
    ("series_id", "event"),
    ("event_id", "event"),
    ("account_id", "account"),
    ("accounts", "account"),
    ("parent_id", "account"),
    ("product_id", "product"),
    ("opportunity_id", "opportunity"),
    ("lead_id", "lead"),
    ("case_id", "case"),
    ("solution_id", "solution"),
    ("merged_into_id", "case"),
    ("others", "other_case"),
    ("previous_id", "task"),
    ("board_id", "board"),
    ("column_id", "board_column"),
    ("before_id", "card"),
    ("after_id", "card"),
    ("calendar_id", "business_calendar"),
    ("mailbox_id", "mailbox"),
    ("form_id", "form"),
    ("role", "role"),
    ("role_id", "role"),
];

/// # Panics
/// For a path that is not in the table: say there whose id it has.
pub fn whose(path: &str) -> &'static str {
    let found = WHOSE.iter().find(|(beginning, _)| path.starts_with(beginning));
    found.unwrap_or_else(|| panic!("{path}: say in WHOSE whose id this is")).1
}

/// The pipelines of a kind of record, and the stages in which its records stand.
const STAGED: &[(&str, &str, &str)] = &[
    ("lead", "lead_pipeline", "lead_stage"),
    ("opportunity", "opportunity_pipeline", "opportunity_stage"),
    ("task", "task_pipeline", "task_stage"),
    ("case", "case_pipeline", "case_stage"),
    ("case_macro", "case_pipeline", "case_stage"),
];

/// Of a name in the path's body or query.
pub fn kind_of(path: &str, name: &str) -> Option<&'static str> {
    match name {
        "pipeline_id" => STAGED.iter().find(|(of, ..)| *of == whose(path)).map(|(_, pipeline, _)| *pipeline),
        "pipeline_stage_id" => STAGED.iter().find(|(of, ..)| *of == whose(path)).map(|(.., stage)| *stage),
        // Another record of the same kind.
        "before" | "after" => Some(whose(path)),
        _ => {
            let other = ELSE.iter().find(|(beginning, known, _)| path.starts_with(beginning) && *known == name);
            other.map_or_else(|| known(name), |(.., kind)| Some(*kind))
        }
    }
}

fn known(name: &str) -> Option<&'static str> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// The same name is another's id where a path begins like this.
const ELSE: &[(&str, &str, &str)] =
    &[("/api/cases/", "parent_id", "case"), ("/api/invoices/", "series_id", "invoice_series")];

/// Outside every organisation, where there is no other organisation's.
pub fn is_personal(path: &str) -> bool {
    path.starts_with("/api/auth/") || path.starts_with("/api/platform/")
}
