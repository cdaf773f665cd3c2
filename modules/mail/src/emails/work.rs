use serde::{Deserialize, Serialize};

use crate::Email;

/// Invites somebody into an organisation.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    pub org_name: String,
    pub inviter_name: String,
    pub role_name: String,
    pub link: String,
    pub expires_days: u32,
}

impl Email for Invitation {
    const NAME: &'static str = "invitation";

    fn samples() -> Vec<Self> {
        let invitation = Self {
            org_name: "Harbour & Pine".into(),
            inviter_name: "Ada Moss".into(),
            role_name: "Sales".into(),
            link: "https://crm.example.com/invitation?token=91aa70".into(),
            expires_days: 7,
        };
        // Anybody can found an organisation and invite any address, so its name must not become a link.
        let lure = Self {
            org_name: "Claim your refund at www.evil.example/refund".into(),
            inviter_name: "Your bank\n\nhttps://evil.example".into(),
            expires_days: 1,
            ..invitation.clone()
        };
        vec![invitation, lure]
    }
}

/// Tells a member that a record is now theirs to look after.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    pub org_name: String,
    /// In the customer's words: "lead", "account", "opportunity".
    pub record_kind: String,
    pub record_name: String,
    pub by_name: String,
    pub link: String,
}

impl Email for Assigned {
    const NAME: &'static str = "assigned";

    fn samples() -> Vec<Self> {
        let assigned = Self {
            org_name: "Harbour & Pine".into(),
            record_kind: "lead".into(),
            record_name: "Nadia Okafor, Blue Kettle Ltd".into(),
            by_name: "Ada Moss".into(),
            link: "https://crm.example.com/leads/0190f3c2".into(),
        };
        let hostile =
            Self { record_name: "<script>alert(1)</script> {{ 7*7 }}\r\nBcc: x@y.example".into(), ..assigned.clone() };
        let from_form = Self { by_name: String::new(), ..assigned.clone() };
        vec![assigned, hostile, from_form]
    }
}

/// Tells a member that a comment names them.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentioned {
    pub org_name: String,
    /// In the customer's words: "lead", "account", "opportunity".
    pub record_kind: String,
    pub record_name: String,
    pub by_name: String,
    pub comment: String,
    pub link: String,
}

impl Email for Mentioned {
    const NAME: &'static str = "mentioned";

    fn samples() -> Vec<Self> {
        let mentioned = Self {
            org_name: "Harbour & Pine".into(),
            record_kind: "opportunity".into(),
            record_name: "Espresso bar, 3 sites".into(),
            by_name: "Tomás Rey".into(),
            comment: "@Ada could you call them?\n\nThey asked for a quote < £5,000.".into(),
            link: "https://crm.example.com/opportunities/0190f3c2".into(),
        };
        let hostile = Self { comment: "</blockquote><script>alert(1)</script>".into(), ..mentioned.clone() };
        vec![mentioned, hostile]
    }
}

/// Tells those who look after a form that somebody filled it in.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewFormLead {
    pub org_name: String,
    pub form_title: String,
    pub lead_name: String,
    /// May be blank, as a form need not ask for it.
    pub lead_email: String,
    /// May be blank.
    pub message: String,
    pub link: String,
}

impl Email for NewFormLead {
    const NAME: &'static str = "new_form_lead";

    fn samples() -> Vec<Self> {
        let full = Self {
            org_name: "Harbour & Pine".into(),
            form_title: "Contact us".into(),
            lead_name: "Nadia Okafor".into(),
            lead_email: "nadia@bluekettle.example".into(),
            message: "Hello,\ndo you deliver to Leeds?".into(),
            link: "https://crm.example.com/leads/0190f3c2".into(),
        };
        let sparse = Self { lead_email: String::new(), message: "  ".into(), ..full.clone() };
        let hostile = Self {
            lead_name: "<script>alert(1)</script>".into(),
            lead_email: "\"<script>\"@x.example".into(),
            message: "<script>alert(2)</script>\r\n.\r\nMAIL FROM:<x@y.example>".into(),
            ..full.clone()
        };
        vec![full, sparse, hostile]
    }
}

/// Reminds a member of a task.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskDue {
    pub org_name: String,
    pub task_title: String,
    /// As a person reads it: `11 January 2027, 09:00 CET`.
    pub due: String,
    pub link: String,
}

impl Email for TaskDue {
    const NAME: &'static str = "task_due";

    fn samples() -> Vec<Self> {
        let due = Self {
            org_name: "Harbour & Pine".into(),
            task_title: "Call Nadia Okafor about the renewal".into(),
            due: "11 January 2027, 09:00 CET".into(),
            link: "https://crm.example.com/tasks/0190f3c2".into(),
        };
        let hostile = Self { task_title: "<b>Now</b> {{ 7*7 }}\r\nBcc: x@y.example".into(), ..due.clone() };
        vec![due, hostile]
    }
}

/// Tells a member of one thing, or of what has gathered since the last such mail.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notified {
    pub org_name: String,
    /// The newest first.
    pub items: Vec<NotifiedItem>,
    /// How many there are beyond those.
    pub more: u32,
    /// Where all of them are listed.
    pub link: String,
    /// How often such mails come: `hourly`, `daily` or `weekly`; blank for one that comes at once.
    pub how_often: String,
}

/// One thing that somebody is told of.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotifiedItem {
    /// In words that follow a name: "changed the lead".
    pub what: String,
    pub by_name: String,
    pub record_name: String,
    pub link: String,
}

impl Email for Notified {
    const NAME: &'static str = "notified";

    fn samples() -> Vec<Self> {
        let item = |by: &str, what: &str, name: &str, page: &str| NotifiedItem {
            what: what.into(),
            by_name: by.into(),
            record_name: name.into(),
            link: format!("https://crm.example.com/{page}"),
        };
        let one = item("Ada Moss", "commented on the lead", "Nadia Okafor, Blue Kettle Ltd", "leads/0190f3c2");
        let daily = Self {
            org_name: "Harbour & Pine".into(),
            items: vec![one.clone(), item("Tomás Rey", "changed the task", "Send the offer", "tasks/0190f3c3")],
            more: 3,
            link: "https://crm.example.com/notifications".into(),
            how_often: "daily".into(),
        };
        let at_once = Self { items: vec![one], more: 0, how_often: String::new(), ..daily.clone() };
        let evil =
            item("Eve\r\nBcc: x@y.example", "changed the lead", "<b>Now</b> {{ 7*7 }} http://evil.example", "leads/1");
        let hostile = Self { items: vec![evil], ..daily.clone() };
        vec![daily, at_once, hostile]
    }
}

/// Tells a member who watches a case what became of it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseNews {
    pub org_name: String,
    /// With its number.
    pub case_name: String,
    pub by_name: String,
    /// In our words: sentences.
    pub news: String,
    pub link: String,
}

impl Email for CaseNews {
    const NAME: &'static str = "case_news";

    fn samples() -> Vec<Self> {
        let news = Self {
            org_name: "Harbour & Pine".into(),
            case_name: "#42 The lift does not stop".into(),
            by_name: "Ada Moss".into(),
            news: "It is pending now. Its priority is urgent now.".into(),
            link: "https://crm.example.com/cases/0190f3c2".into(),
        };
        let hostile = Self {
            case_name: "#43 <b>Now</b> {{ 7*7 }}\r\nBcc: x@y.example".into(),
            by_name: "Your bank\n\nhttps://evil.example".into(),
            ..news.clone()
        };
        vec![news, hostile]
    }
}

/// Tells a member that what was promised for a case is at risk or broken.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseAlarm {
    pub org_name: String,
    /// With its number.
    pub case_name: String,
    /// In our words: a sentence.
    pub news: String,
    pub link: String,
}

impl Email for CaseAlarm {
    const NAME: &'static str = "case_alarm";

    fn samples() -> Vec<Self> {
        let alarm = Self {
            org_name: "Harbour & Pine".into(),
            case_name: "#42 The lift does not stop".into(),
            news: "A first answer is due at 09:00 CET on 11 January 2027.".into(),
            link: "https://crm.example.com/cases/0190f3c2".into(),
        };
        let hostile = Self { case_name: "#43 <b>Now</b> {{ 7*7 }}\r\nBcc: x@y.example".into(), ..alarm.clone() };
        vec![alarm, hostile]
    }
}
