//! Which action of a macro was refused, and why.

use std::collections::BTreeMap;

use base::{Error, Fault};

/// The actions behind one change of a case: by the member of its body that each has put there.
#[derive(Debug, Default)]
pub struct Behind {
    first: usize,
    by_member: BTreeMap<&'static str, usize>,
}

impl Behind {
    pub fn of(action: usize) -> Self {
        Self { first: action, by_member: BTreeMap::new() }
    }

    /// Whether one of these members has an action behind it.
    pub fn has(&self, members: &[&str]) -> bool {
        members.iter().any(|member| self.by_member.contains_key(member))
    }

    pub fn add(&mut self, members: &[&'static str], action: usize) {
        self.by_member.extend(members.iter().map(|member| (*member, action)));
    }

    /// The refusal, by the actions of the macro instead of the members of a body.
    pub fn blame(&self, error: Error) -> Error {
        if error.is_not_found() {
            let detail = "What was done before took the case out of your sight.";
            return self.blame(Error::conflict("out_of_sight", detail));
        }
        let Error::Problem(mut problem) = error else { return error };
        if !(400..500).contains(&problem.status) {
            return Error::Problem(problem);
        }
        let faults = problem.errors.take().unwrap_or_default();
        problem.errors = Some(if faults.is_empty() {
            vec![Fault { pointer: at(self.first), code: problem.code.clone(), detail: problem.detail.clone() }]
        } else {
            let named = |fault: Fault| Fault { pointer: at(self.action(&fault.pointer)), ..fault };
            faults.into_iter().map(named).collect()
        });
        Error::Problem(problem)
    }

    fn action(&self, pointer: &str) -> usize {
        let member = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
        self.by_member.get(member).copied().unwrap_or(self.first)
    }
}

fn at(action: usize) -> String {
    format!("/actions/{action}")
}
