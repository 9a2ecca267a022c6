/**
 * The words that the extension's parts say to each other.
 *
 * Every type comes from the Rust core (`crate/core/src/message.rs` and
 * `report.rs`), so that neither side can change the wire alone. Only types:
 * nothing of the core's code reaches a page through this module.
 */
import type { Choices as Written } from "../generated/core.js";

/** What is chosen, told whole: only a file may leave something out. */
export type Choices = Required<Written>;

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
  LevelChange,
  LimitStatus,
  Link,
  Mark,
  OwnPerson,
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
  TunableThreshold,
  Tuned,
  Unit,
  Vouched,
  VouchedStanding,
} from "../generated/core.js";
