/**
 * The words that the extension's parts say to each other.
 *
 * Every type comes from the Rust core (`crate/core/src/message.rs` and
 * `report.rs`), so that neither side can change the wire alone. Only types:
 * nothing of the core's code reaches a page through this module.
 */
import type { Level, Mark, Choices as Written } from "../generated/core.js";

/** What is chosen, told whole: only a file may leave something out. */
export type Choices = Required<Written>;

/** What a badge says. */
export interface Shown {
  readonly level: Level;
  /** What the reader marked this person as. */
  readonly mark: Mark | undefined;
}

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
