//! A task is something that somebody has to do, once or again and again.

mod task;
mod task_contact;
mod access;
mod due;
mod recurrence;
mod view;
mod examples;
mod write;
mod about;
mod resource;
mod staged;
mod show;
mod next;
mod reminder;
mod my_day;
mod list;
mod api;
#[cfg(test)]
mod tests;

pub use api::TasksApi;
pub use my_day::{Due as DueTasks, due, overdue};
pub use reminder::{RemindOfTask, TellTaskDue};
pub use task::{Column, Entity, Model as Task};
pub use view::{TaskPriority, TaskStatus};
