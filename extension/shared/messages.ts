/**
 * The words that the extension's parts say to each other.
 *
 * The types come from the Rust core (`crate/core/src/message.rs` and
 * `report.rs`), so that neither side can change the wire alone. Only types:
 * nothing of the core's code reaches a page through this module.
 */
import type {
  Badge,
  FromOptions,
  FromPage,
  FromPopup,
  FromTriage,
  Level,
  Mark,
  ToPage as Told,
  ToOptions,
  ToPopup,
  ToTriage,
  Choices as Written,
} from "../generated/core.js";
import type { Labels } from "./labels.js";

/** What is chosen, told whole: only a file may leave something out. */
export type Choices = Required<Written>;

/** What the core sends to a page. */
export type CoreToPage = Told;

/** What the core receives from any client. */
export type FromClient = FromPage | FromPopup | FromOptions | FromTriage;

/** What the core sends to any client. */
export type ToClient = CoreToPage | ToPopup | ToOptions | ToTriage;

/** A badge as a page receives it. */
export interface PageBadge extends Omit<Badge, "reason" | "isNewHere"> {
  /** The reason in words: a page that asks the browser for its first message waits for all of them. */
  readonly reason?: string;
  /** Whether this author is looked up only on request. */
  readonly isOnRequest?: boolean;
  /** Whether it is known that nothing of this author's was ever merged in the page's repository. */
  readonly isNewHere?: boolean;
}

/** What a page receives: what badges are called comes from the background, all else from the core. */
export type ToPage =
  | Exclude<Told, { type: "badges" }>
  | { readonly type: "badges"; readonly badges: readonly PageBadge[] }
  | { readonly type: "labels"; readonly labels: Labels };

/** What a badge says. */
export interface Shown {
  readonly level: Level;
  /** What the reader marked this person as. */
  readonly mark: Mark | undefined;
  /** The strongest reason for the level, in words. */
  readonly reason?: string | undefined;
  /** Whether this author is looked up only on request. */
  readonly isOnRequest?: boolean | undefined;
  /** Whether it is known that nothing of this author's was ever merged in the page's repository. */
  readonly isNewHere?: boolean | undefined;
  /** How often this author is named on the list, where that is more than once. */
  readonly times?: number | undefined;
}

export type {
  About,
  Arg,
  Association,
  AuthorReport,
  Badge,
  DayCount,
  ElsewhereCounts,
  ExportFormat,
  FalseAlarm,
  Finding,
  FindingLevel,
  FromOptions,
  FromPage,
  FromPopup,
  FromTriage,
  GapNote,
  GapReason,
  GroupName,
  HereCounts,
  ItemKind,
  ItemNote,
  ItemOutcome,
  ItemReport,
  Level,
  LevelChange,
  LimitStatus,
  Link,
  LookBack,
  LookBackRow,
  Mark,
  MayBeMore,
  NextPlace,
  OfRun,
  OutcomeCount,
  OwnPerson,
  Part,
  PersonOnPage,
  PolicyName,
  RecentActivity,
  RecordThen,
  RuleCount,
  RunCalls,
  RunState,
  RunWaiting,
  Sentence,
  SocialAccount,
  Thresholds,
  TimedCall,
  TokenState,
  TokenStatus,
  ToOptions,
  ToPopup,
  ToTriage,
  TriageItems,
  TriageRow,
  TriageRun,
  TriageSource,
  TriageTotals,
  TriageWhich,
  TunableThreshold,
  Tuned,
  Unit,
  UnreadEntry,
  Vouched,
  VouchedStanding,
} from "../generated/core.js";
