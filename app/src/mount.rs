//! What the server is made of: the modules, the records that carry notes, what roles can grant, the jobs that come round.

use std::sync::Arc;

use base::{
    Db, Gate, Job, Platform, PublicUrl, Teller, Tools,
    live::Live,
    queue::{ForgetFinishedJobs, ForgetIdempotencyKeys},
};
use files::Files;
use identity::ForgetExpired;
use mail::Wishes;
use notes::{ActivityApi, AttachmentsApi, CommentsApi, FilesApi, Noted, Subjects, SweepFiles, TagsApi, ThreadApi};
use notifications::{Feed, ForgetNotifications, NotificationsApi, Preferences, PreferencesApi, SendDigests, StreamApi};
use orgs::Catalogue;
use pipelines::{StagedKinds, StagesApi};
use poem_openapi::OpenApi;

use crate::{gate::Doorkeeper, jobs_api::JobsApi, letters::Desk, partings::Partings};

/// What the modules are given to work with.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub platform: Platform,
    pub files: Files,
    pub mailer: Arc<mail::Mailer>,
    pub public_url: PublicUrl,
    pub identity: identity::Settings,
    pub platform_admin_domains: Vec<String>,
    pub live: Live,
}

/// Every endpoint, module by module in reading order.
pub fn apis(parts: &Parts) -> impl OpenApi + use<> {
    let Parts { db, platform, files, .. } = parts.clone();
    let doorkeeper: Arc<dyn Gate> = gate(parts);
    let desk = Arc::new(Desk { public_url: parts.public_url.clone() });
    (
        identity::api(platform.clone(), parts.identity.clone(), desk.clone()),
        (
            orgs::org::Api::new(platform.clone()),
            orgs::org::LogoApi::new(platform.clone(), files.clone()),
            orgs::member::Api::new(db.clone(), Arc::new(Partings)),
            orgs::role::Api::new(db.clone(), catalogue()),
            orgs::invitation::Api::new(platform.clone(), desk),
            orgs::platform::Api::new(platform.clone(), parts.platform_admin_domains.clone()),
        ),
        teams::Api::new(db.clone()),
        pipelines::PipelinesApi { db: db.clone(), kinds: Arc::new(staged()) },
        sales(parts),
        service(parts),
        (
            solutions::SolutionsApi { db: db.clone() },
            solutions::CaseSolutionsApi { db: db.clone() },
            notes_on::<solutions::Entity>(parts),
            solutions::HelpCentreApi { db: db.clone() },
            solutions::PublicSolutionsApi::new(platform.clone()),
        ),
        (
            marketing::FormsApi { db: db.clone() },
            marketing::ContactMessagesApi { db: db.clone() },
            marketing::PublicFormsApi::new(platform),
        ),
        (
            inbound::MailboxesApi { db: db.clone() },
            inbound::InboxApi { db: db.clone(), files: files.clone() },
            inbound::DeliveryApi::new(parts.platform.clone(), files.clone()),
        ),
        (
            TagsApi { db: db.clone() },
            ThreadApi { db: db.clone(), subjects: subjects() },
            FilesApi { db: db.clone(), files, subjects: subjects() },
        ),
        (
            NotificationsApi::new(db.clone(), subjects()),
            PreferencesApi { db: db.clone() },
            StreamApi::new(parts.platform.clone(), db.clone(), doorkeeper, parts.live.clone(), subjects()),
        ),
        (
            dashboards::DashboardApi { db: db.clone(), subjects: subjects() },
            dashboards::ReportsApi { db: db.clone() },
            JobsApi { db },
        ),
    )
}

/// Those of who sells, and what.
fn sales(parts: &Parts) -> impl OpenApi + use<> {
    let db = &parts.db;
    (
        (
            (accounts::AccountsApi { db: db.clone() }, notes_on::<accounts::Entity>(parts)),
            (contacts::ContactsApi { db: db.clone() }, notes_on::<contacts::Entity>(parts)),
        ),
        (
            opportunities::OpportunitiesApi { db: db.clone() },
            opportunities::LinesApi { db: db.clone() },
            StagesApi::<opportunities::Entity>::new(db.clone()),
            notes_on::<opportunities::Entity>(parts),
        ),
        (
            leads::LeadsApi { db: db.clone() },
            leads::ConversionApi { db: db.clone() },
            StagesApi::<leads::Entity>::new(db.clone()),
            notes_on::<leads::Entity>(parts),
        ),
        (
            tasks::TasksApi { db: db.clone() },
            StagesApi::<tasks::Entity>::new(db.clone()),
            notes_on::<tasks::Entity>(parts),
        ),
        products::ProductsApi { db: db.clone() },
        (
            invoices::InvoicesApi { db: db.clone() },
            invoices::InvoiceLinesApi { db: db.clone() },
            invoices::IssueApi { db: db.clone() },
            invoices::FromOpportunityApi { db: db.clone() },
            invoices::InvoiceSettingsApi { db: db.clone() },
            numbering::InvoiceSeriesApi { db: db.clone() },
            notes_on::<invoices::Entity>(parts),
        ),
        (
            forecasts::ForecastApi { db: db.clone() },
            forecasts::goal::GoalsApi { db: db.clone() },
            forecasts::rate::RatesApi { db: db.clone() },
        ),
    )
}

/// Those of who helps and plans.
fn service(parts: &Parts) -> impl OpenApi + use<> {
    let Parts { db, platform, .. } = parts;
    (
        (
            cases::CasesApi { db: db.clone() },
            cases::CaseServiceApi { db: db.clone() },
            cases::CaseMergesApi { db: db.clone() },
            cases::EscalationRulesApi { db: db.clone() },
            cases::RoutingRulesApi { db: db.clone(), postbox: Arc::new(inbound::Senders) },
            StagesApi::<cases::Entity>::new(db.clone()),
            cases::TimeEntriesApi { db: db.clone() },
            cases::MacrosApi { db: db.clone() },
            cases::SatisfactionApi { db: db.clone() },
            cases::SurveysApi::new(platform.clone()),
            notes_on::<cases::Entity>(parts),
        ),
        (calendars::CalendarsApi { db: db.clone() }, calendars::SlaPoliciesApi { db: db.clone() }),
        (
            events::EventsApi { db: db.clone() },
            events::EventFeedsApi::new(platform.clone(), gate(parts), parts.public_url.clone()),
            events::EventImportsApi { db: db.clone() },
            notes_on::<events::Entity>(parts),
        ),
        (
            boards::BoardsApi { db: db.clone() },
            boards::ColumnsApi { db: db.clone() },
            boards::CardsApi { db: db.clone() },
            ActivityApi::<boards::Board>::new(db.clone()),
            notes_on::<boards::Card>(parts),
        ),
    )
}

/// The records that carry comments and files, by kind.
fn subjects() -> Subjects {
    Subjects::default()
        .with::<accounts::Entity>()
        .with::<contacts::Entity>()
        .with::<opportunities::Entity>()
        .with::<invoices::Entity>()
        .with::<leads::Entity>()
        .with::<cases::Entity>()
        .with::<tasks::Entity>()
        .with::<boards::Card>()
        .with::<events::Entity>()
        .with::<solutions::Entity>()
}

/// The records that go through the stages of a pipeline.
pub fn staged() -> StagedKinds {
    StagedKinds::default()
        .with::<leads::Entity>()
        .with::<opportunities::Entity>()
        .with::<tasks::Entity>()
        .with::<cases::Entity>()
}

/// What makes news of everything that is written.
pub fn teller() -> Arc<dyn Teller> {
    Arc::new(Feed::new(subjects()))
}

/// What roles can grant.
pub fn catalogue() -> Catalogue {
    Catalogue::new()
        .with::<teams::team::Entity>()
        .with::<pipelines::Entity>()
        .with::<accounts::Entity>()
        .with::<contacts::Entity>()
        .with::<products::Entity>()
        .with::<opportunities::Entity>()
        .with::<invoices::Entity>()
        .with::<invoices::InvoiceSetting>()
        .with::<numbering::Entity>()
        .with::<leads::Entity>()
        .with::<cases::Entity>()
        .with::<cases::EscalationRule>()
        .with::<cases::RoutingRule>()
        .with::<cases::TimeEntry>()
        .with::<cases::CaseMacro>()
        .with::<cases::SatisfactionSetting>()
        .with::<tasks::Entity>()
        .with::<forecasts::goal::Entity>()
        .with::<forecasts::rate::Entity>()
        .with::<boards::Board>()
        .with::<boards::Card>()
        .with::<solutions::Entity>()
        .with::<solutions::HelpCentre>()
        .with::<calendars::BusinessCalendar>()
        .with::<calendars::SlaPolicy>()
        .with::<events::Entity>()
        .with::<marketing::Form>()
        .with::<marketing::ContactMessage>()
        .with::<inbound::Mailbox>()
        .with::<inbound::InboundMail>()
        .with::<notes::Tag>()
        .and("job", &["view", "change"])
}

/// What comes round by itself.
pub fn schedule() -> Vec<Box<dyn Job>> {
    vec![
        Box::new(ForgetExpired {}),
        Box::new(ForgetFinishedJobs),
        Box::new(ForgetIdempotencyKeys),
        Box::new(SweepFiles {}),
        Box::new(SendDigests {}),
        Box::new(ForgetNotifications {}),
        Box::new(inbound::SweepMails {}),
    ]
}

/// What jobs may reach for.
pub fn tools(parts: &Parts) -> Tools {
    Tools::default()
        .with(subjects())
        .with::<Arc<dyn Wishes>>(Arc::new(Preferences))
        .with(parts.mailer.clone())
        .with::<Arc<dyn cases::Correspondent>>(Arc::new(inbound::Replies))
        .with::<Arc<dyn events::AnswerDesk>>(Arc::new(inbound::Answers))
        .with(parts.files.clone())
        .with(parts.public_url.clone())
}

/// The gate of these parts.
pub fn gate(parts: &Parts) -> Arc<Doorkeeper> {
    Arc::new(Doorkeeper { platform: parts.platform.clone(), keys: parts.identity.keys.clone() })
}

/// The endpoints that every record with notes has.
fn notes_on<R: Noted>(Parts { db, files, .. }: &Parts) -> impl OpenApi + use<R> {
    (
        CommentsApi::<R>::new(db.clone()),
        AttachmentsApi::<R>::new(db.clone(), files.clone()),
        ActivityApi::<R>::new(db.clone()),
    )
}
