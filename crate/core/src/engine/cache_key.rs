//! [`CacheKey`]: which part of a person's evidence, and for which repository;
//! cached, and stale, by itself. A [`super::job::JobKey`] adds the login.

use crate::evidence::Part;
use crate::repository::Repository;
use serde::{Deserialize, Serialize};

/// A part of the evidence; history in a repository is one for each repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CacheKey {
    /// The part.
    pub part: Part,
    /// The repository, for [`Part::Here`].
    pub repository: Option<Repository>,
}

impl CacheKey {
    /// The cache key of a part, in a report about `repository`; none where the
    /// part needs a repository and there is none.
    pub fn new(part: Part, repository: Option<&Repository>) -> Option<Self> {
        match (part, repository) {
            (Part::Here, None) => None,
            (Part::Here, Some(repository)) => Some(Self {
                part,
                repository: Some(repository.clone()),
            }),
            _ => Some(Self {
                part,
                repository: None,
            }),
        }
    }
}
