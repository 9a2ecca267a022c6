/**
 * The words that the extension's parts say to each other.
 *
 * Every type comes from the Rust core (`crate/core/src/message.rs` and
 * `report.rs`), so that neither side can change the wire alone. Only types:
 * nothing of the core's code reaches a page through this module.
 */
export type {
  About,
  Arg,
  Association,
  AuthorReport,
  Badge,
  Finding,
  FindingLevel,
  FromOptions,
  FromPage,
  FromPopup,
  GapNote,
  GapReason,
  GroupName,
  Level,
  LimitStatus,
  Link,
  Part,
  PersonOnPage,
  PolicyName,
  Sentence,
  SocialAccount,
  Thresholds,
  TimedCall,
  TokenState,
  TokenStatus,
  ToOptions,
  ToPage,
  ToPopup,
} from "../generated/core.js";
