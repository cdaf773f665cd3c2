use base::value::{Change, Text};
use poem_openapi::types::Example;

use crate::{
    pipeline::Kind,
    view::{NewPipeline, NewStage, PipelineChange},
};

impl Example for NewPipeline {
    #[expect(clippy::unwrap_used, reason = "a constant that is a name")]
    fn example() -> Self {
        Self { kind: Kind::Opportunity, name: Text::parse("Partners").unwrap(), stages: vec![NewStage::example()] }
    }
}

impl Example for PipelineChange {
    fn example() -> Self {
        Self { name: Text::parse("Partner sales").map_or(Change::Keep, Change::To), stages: Change::Keep }
    }
}
