/**
 * The words that the extension's parts say to each other.
 *
 * The types come from the Rust core (`crate/core/src/message.rs` and
 * `report.rs`), so that neither side can change the wire alone. Only types:
 * nothing of the core's code reaches a page through this module.
 */
import type { Level, Mark, ToPage as Told, Choices as Written } from "../generated/core.js";
import type { Labels } from "./labels.js";

/** What is chosen, told whole: only a file may leave something out. */
export type Choices = Required<Written>;

/** What a page is told: by the background what badges are called, and all else by the core. */
export type ToPage = Told | { readonly type: "labels"; readonly labels: Labels };

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
  ToPopup,
  TunableThreshold,
  Tuned,
  Unit,
  Vouched,
  VouchedStanding,
} from "../generated/core.js";
