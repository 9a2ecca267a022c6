//! [`Target`]: what a person may type or paste to have somebody looked up.
