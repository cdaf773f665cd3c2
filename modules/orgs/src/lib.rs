//! An organisation is who belongs to it, and what each of them may do there.

pub mod org;
pub mod role;
pub mod member;
pub mod invitation;
pub mod platform;
mod access;
mod address;
mod catalogue;
mod founding;
mod operator;
mod standing;
#[cfg(test)]
mod tests;

pub use catalogue::Catalogue;
pub use founding::{create_org, user_grants};
pub use invitation::{Couriers, Invited};
pub use operator::{Listed, admin_of, all, join};
pub use standing::{Standing, standing};

#[derive(poem_openapi::Tags)]
enum Tag {
    /// The organisations one belongs to, and what they say of themselves.
    Organisations,
    /// Who belongs to an organisation.
    Members,
    /// What members may do.
    Roles,
    /// Asking people to join.
    Invitations,
    /// For those who run this installation; never into an organisation's data.
    Platform,
}
