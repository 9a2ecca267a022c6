//! [`CacheKey`]: which part of a person's evidence, and for which repository;
//! cached, and stale, by itself. A [`super::job::JobKey`] adds the login.

use crate::evidence::Part;
use crate::repository::Repository;
use serde::{Deserialize, Serialize};

/// A part of the evidence; history in a repository is one for each repository,
/// and an item one for each item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CacheKey {
    /// The part.
    pub part: Part,
    /// The repository, for [`Part::Here`] and [`Part::ThisItem`].
    pub repository: Option<Repository>,
    /// The number there, for [`Part::ThisItem`].
    #[serde(default)]
    pub number: Option<u32>,
}

impl CacheKey {
    /// The cache key of a part, in a report about `repository` and the item of
    /// this `number` there; none where the part needs what is not given.
    pub fn new(part: Part, repository: Option<&Repository>, number: Option<u32>) -> Option<Self> {
        let (repository, number) = match part {
            Part::Here => (Some(repository?.clone()), None),
            Part::ThisItem => (Some(repository?.clone()), Some(number?)),
            _ => (None, None),
        };
        Some(Self {
            part,
            repository,
            number,
        })
    }
}
