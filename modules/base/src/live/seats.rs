use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use uuid::Uuid;

/// Watchers of one member in one organisation, on this process.
const MOST: usize = 8;

type Taken = Mutex<HashMap<(Uuid, Uuid), usize>>;

#[derive(Default)]
pub(super) struct Seats(Arc<Taken>);

/// One place, given back when it is dropped.
pub struct Seat {
    taken: Arc<Taken>,
    whose: (Uuid, Uuid),
}

impl Seats {
    pub fn take(&self, org: Uuid, user: Uuid) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seats = taken.entry((org, user)).or_default();
        if *seats >= MOST {
            return None;
        }
        *seats += 1;
        Some(Seat { taken: self.0.clone(), whose: (org, user) })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seats) = taken.get_mut(&self.whose) {
            *seats -= 1;
            if *seats == 0 {
                taken.remove(&self.whose);
            }
        }
    }
}
