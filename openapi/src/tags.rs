//! The modules in the order in which to read them.

use serde_json::{Value, json};

use crate::operations;

/// What a path begins with behind `/api/`, the module's heading, and what it is about. A generic route stands with its module, and so does
/// what has no words of its own.
const TAGS: &[(&str, &str, &str)] = &[
    ("auth", "Identity", "Register, log in, stay logged in, and who you are."),
    ("orgs", "Organisations", "The organisations that you belong to."),
    ("members", "Members", "The people of an organisation."),
    ("roles", "Roles", "What people may do, as grants of `object.verb` to `own`, `team` or `org`."),
    ("grants", "Roles", ""),
    ("invitations", "Invitations", "How people come in."),
    ("teams", "Teams", "Members who work on the same records."),
    ("pipelines", "Pipelines", "The stages through which records go, and the boards that show them."),
    ("accounts", "Accounts", "Companies and households that one does business with, or hopes to."),
    ("contacts", "Contacts", "The people at accounts."),
    ("products", "Products", "What is sold, and for how much."),
    ("dashboard", "Dashboard", "What you need to see first."),
    (
        "reports",
        "Reports",
        "What was, in figures. All are asked alike: `from` and `to` are days where the organisation is, both included; \
         `group_by` says how long the periods are, and `by` splits each of them. `format=csv` has the same lines as rows.",
    ),
    ("opportunities", "Opportunities", "Deals, from first thoughts to won or lost."),
    ("invoices", "Invoices", "What customers are asked to pay: drafts, and what is issued for good."),
    ("invoice-series", "Invoice series", "How invoices are numbered."),
    ("invoice-settings", "Invoice settings", "What stands on all invoices."),
    ("forecast", "Forecast", "What open and won opportunities come to, period by period."),
    ("goals", "Goals", "What is to be sold."),
    ("exchange-rates", "Exchange rates", "What a currency is worth in another, from a day on."),
    ("leads", "Leads", "Whoever might become a customer, until they do."),
    ("cases", "Cases", "What customers need help with."),
    ("escalation-rules", "Escalation rules", "What is done when a promise is at risk or broken."),
    ("tasks", "Tasks", "What has to be done, once or again and again."),
    ("boards", "Boards", "Cards in columns, for those who work on them together."),
    ("solutions", "Solutions", "What is known, for colleagues and, once it is published, for everybody."),
    ("calendars", "Business calendars", "When the organisation works."),
    ("sla-policies", "SLA policies", "In which time it promises to answer and to resolve."),
    ("mailboxes", "Mailboxes", "The addresses to which customers write."),
    ("mail", "Inbound mail", "What customers write, and what mail servers deliver."),
    ("events", "Events", "Meetings and calls, once or again and again, and the calendar."),
    ("forms", "Forms", "How a website's visitors become leads."),
    ("contact-messages", "Contact messages", "What a website's visitors write."),
    ("tags", "Tags", "Labels on records."),
    ("comments", "Comments", "What is said about records."),
    ("attachments", "Attachments", "Files on records."),
    ("notifications", "Notifications", "What you are told of."),
    ("stream", "Stream", "What happens, as it happens."),
    ("jobs", "Jobs", "Work that is done behind the scenes."),
    ("platform", "Platform", "For whoever runs the server."),
];

pub(super) fn sort(document: &mut Value) {
    for (path, _, operation) in operations(document) {
        let module = path.strip_prefix("/api/").and_then(|path| path.split('/').next()).unwrap_or_default();
        if let Some((_, name, _)) = TAGS.iter().find(|(first, ..)| *first == module)
            && let Some(operation) = operation.as_object_mut()
        {
            operation.insert("tags".to_owned(), json!([name]));
        }
    }
    let described = TAGS.iter().filter(|(.., about)| !about.is_empty());
    let tags: Vec<_> = described.map(|(_, name, about)| json!({ "name": name, "description": about })).collect();
    document["tags"] = tags.into();
}
