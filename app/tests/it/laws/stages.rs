//! Whatever status a record can have, the built-in pipeline of its kind has the stage where it stands.

use std::collections::BTreeSet;

use pipelines::{BUILT_IN, Kind, StageStatus};
use sea_orm::{ActiveEnum, Iterable};

#[test]
fn every_status_of_every_kind_has_a_stage() {
    let mut kinds = Vec::new();
    for (kind, statuses) in rapport::mount::staged().statuses() {
        let (.., stages) = BUILT_IN.iter().find(|(of, ..)| *of == kind).expect("a built-in pipeline of each kind");
        let of_stages: Vec<String> = stages.iter().map(|stage| stage.status.into_value()).collect();
        let in_order = |words: &[String]| words.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(in_order(&of_stages), in_order(&statuses), "{kind:?}");
        assert_eq!(of_stages.len(), statuses.len(), "{kind:?}: one stage for each");
        kinds.push(kind);
    }
    assert!(Kind::iter().all(|kind| kinds.contains(&kind)), "kinds that no record has: {kinds:?}");
    assert_eq!(BUILT_IN.len(), kinds.len());
    let meant: BTreeSet<String> =
        BUILT_IN.iter().flat_map(|(.., stages)| stages.iter().map(|stage| stage.status.into_value())).collect();
    assert_eq!(meant, StageStatus::iter().map(ActiveEnum::into_value).collect(), "statuses that no record has");
}
