import type { JsonObject } from '../platform/json.ts';
import type { ProblemCode } from './codes.ts';
import type { Pattern } from './pattern/pattern.ts';

export type Mode = 'enforce' | 'observe';
export type Tier = 'page' | 'notice' | 'digest';
/** The outcomes that a rule may give a tier of its own. */
export type PagedOutcome = 'contained' | 'degraded' | 'not-contained' | 'held' | 'observed';

export interface DoEntry {
  readonly action: string;
  readonly params: JsonObject;
}

/** A rule as the decision reads it: defaults filled in, parameters validated by the action's own schema. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  /** Lower is asked first; then by name. Default 100. */
  readonly order: number;
  readonly when: Pattern;
  readonly do: readonly DoEntry[];
  readonly mode: Mode;
  readonly page: Partial<Readonly<Record<PagedOutcome, Tier>>>;
  /** To whom a page goes on that nobody acknowledges. Absent: what the settings say. */
  readonly escalate?: Escalation;
  /** When a person is asked before anything is changed, and for how long. Absent: about what is protected, without an end. */
  readonly approval?: Approval;
  /** Absent: none of its own. */
  readonly limits?: RuleLimits;
  /** ISO 8601, `P7D`: so long after it was contained a person decides whether it stays so. Absent: what the settings say. */
  readonly lease?: string;
}

/** How far a rule may go. Whatever is beyond it is held, and told. */
export interface RuleLimits {
  /** Changes begun in a clock hour: of the rule, and of it in one cluster, in one service. */
  readonly perHour?: number;
  readonly perCluster?: number;
  readonly perService?: number;
  /** Targets in one plan; with more, nothing of it is done. */
  readonly maxTargets?: number;
  /** What must stay healthy of a target that an action takes capacity from. */
  readonly minHealthyPercent?: number;
}

/** What a person is asked about before it is changed, and what becomes of it when nobody answers. */
export interface Approval {
  /** `always`: whatever the rule would change; `protected`: what is protected, which is asked about in any case, without an end. */
  readonly when: readonly ('always' | 'protected')[];
  /** ISO 8601, `PT10M`; absent: it waits until somebody answers. */
  readonly timeout?: string;
  /** Absent: hold. */
  readonly onTimeout?: OnTimeout;
}

/** A page that nobody acknowledges is sent again, to the next. */
export interface Escalation {
  /** ISO 8601, `PT15M`: so long after it was sent, and again after each time it went on. */
  readonly after: string;
  /** How often it goes on; then nobody is left. */
  readonly times: number;
}

/** `minimum`: what the action declares as the least that it may do; what declares none is held. */
export type OnTimeout = 'proceed' | 'minimum' | 'hold';

/** Whether a person is asked about whatever the rule would change. */
export const asksFirst = ({ approval }: Pick<Rule, 'approval'>): boolean => approval?.when.includes('always') === true;

export interface Exemption {
  readonly name: string;
  readonly when: Pattern;
  /** It holds where one of these rules would decide; without, for all. */
  readonly rules?: readonly string[];
  /** Named actions are left out; without, the whole finding is. */
  readonly actions?: readonly string[];
  /** All is done as ever, and nobody is woken for it. Never beside `actions`. */
  readonly scope?: 'paging';
  readonly owner: string;
  readonly reason: string;
  /** ISO 8601 UTC; from then on the exemption is as if it were not there. */
  readonly expires: string;
}

export interface Settings {
  /** For rules that say no mode. */
  readonly defaultMode: Mode;
  /** Every rule observes, whatever it says: the way to begin, and to stop all changes. */
  readonly observeOnly: boolean;
  /** An incident is closed when it has been quiet this long and nothing is contained. */
  readonly quietHours: number;
  /** After undo the incident is held this long. */
  readonly holdAfterUndoHours: number;
  /** See "in use" in the design. */
  readonly quietPullDays: number;
  /** What is first seen this soon after an image was first deployed came with it. */
  readonly causeWindowMinutes: number;
  /** The end of an exemption lies at most so far ahead when it is written. */
  readonly longestExemptionDays: number;
  /** EventBridge patterns over a target; whatever matches is protected. */
  readonly protected: readonly Pattern[];
  /** Blocks of addresses that nobody's rule blocks: offices, partners, other accounts. Absent: none is named. */
  readonly ownAddresses?: readonly string[];
  /** Where else images of this account are used, `ACCOUNT/REGION`: it is not read, so that none counts as not in use. Absent: nowhere. */
  readonly inUse?: readonly string[];
  /** Changes begun in a clock hour in the whole account. */
  readonly limits?: Pick<RuleLimits, 'perHour'>;
  /** When nothing is changed. */
  readonly freezes?: readonly Freeze[];
  readonly teams?: readonly Team[];
  /** Of what belongs to no team, and of teams that say none. Absent: a notice is sent at once. */
  readonly workingHours?: WorkingHours;
  /** For rules that say nothing about it. Absent: a page is sent once. */
  readonly escalate?: Escalation;
  /** Of what belongs to no team, and of teams that say none. Absent: what is for the morning goes out at once, each by itself. */
  readonly digest?: DigestTime;
  /** Absent: `defaultStorm`. */
  readonly storm?: Storm | 'off';
  /** Absent: `defaultBreaker`. */
  readonly breaker?: Breaker;
  /** For rules that say nothing about it. Absent: a containment stands until somebody lets it go. */
  readonly lease?: string;
  /** What one person alone cannot approve. Absent: nothing. */
  readonly twoPeople?: readonly ('protected' | 'always')[];
  /** Absent: nobody can sign in to the console. */
  readonly signIn?: SignIn;
  /** What an image must be, whatever the rules say of it. Absent: nothing. */
  readonly images?: ImagePolicy;
}

/** What an image must be that is to be deployed. */
export interface ImagePolicy {
  /**
   * Where images may come from: `registry`, or `registry/repository`. `*` stands for a part of the registry's name, and for anything in the
   * repository's. Absent: from anywhere.
   */
  readonly registries?: readonly string[];
  /** Absent: signatures are not looked at. */
  readonly signed?: SignedPolicy;
  /** It was pushed at most so many days ago. Absent: whenever. */
  readonly maxAgeDays?: number;
  /** What becomes of an image that nobody has scanned. Absent: `block`. */
  readonly unscanned?: 'block' | 'allow';
  /** What becomes of an image in a registry of ECR in another Region than what runs it. Absent: `allow`. */
  readonly acrossRegions?: 'block' | 'allow';
  /** Every so many hours what runs is held against all of this. Absent: 24. */
  readonly inventoryHours?: number;
}

/** Who must have signed an image. */
export interface SignedPolicy {
  /** `managed`: ECR's managed signing, which ECR answers for. `attached`: that, or any signature that hangs on the image, which nobody has verified. */
  readonly by: 'managed' | 'attached';
  /** ARNs of signing profiles, one of which must have signed it. Absent: any. Only with `managed`. */
  readonly profiles?: readonly string[];
  /** `ask`: the signature is verified, and AWS Signer is asked whether it was revoked. Absent: neither. Only with `managed`. */
  readonly revocation?: 'ask';
  /** SHA-256 of the root certificates that such a signature may lead to, lower-case hex. Absent: any. Only with `revocation`. */
  readonly roots?: readonly string[];
}

/** Who may sign in to the console, and where: OpenID Connect. */
export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  /** The claim that holds a person’s groups, and those of them that may come in. */
  readonly claim: string;
  readonly groups: readonly string[];
}

/**
 * When nothing is changed, by the clock on the wall of a place. `from` and `to` are both a time of day (`18:00`), a time of the week
 * (`fri 18:00`), or a day with a time (`2026-12-20T00:00`).
 */
export interface Freeze {
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** With times of day: on which days it begins. Absent: on all. */
  readonly days?: readonly Weekday[];
  readonly from: string;
  readonly to: string;
  /** Names of the rules that it stops. Absent: all. */
  readonly rules?: readonly string[];
}

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** When a team is at work, by the clock on the wall of a place. What is for then waits until then. */
export interface WorkingHours {
  /** IANA name. */
  readonly timeZone: string;
  /** Absent: all seven. */
  readonly days?: readonly Weekday[];
  /** `09:00`; an end that is not later than the beginning is on the next day. */
  readonly from: string;
  readonly to: string;
}

/** When the night is summed up, each day, by the clock on the wall of a place. */
export interface DigestTime {
  /** `07:00`. */
  readonly at: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** Who looks after some of the targets. */
export interface Team {
  readonly name: string;
  /** Values of owner tags that mean this team, whatever their case. Absent: its name. */
  readonly owners?: readonly string[];
  /** EventBridge patterns over a target: whose it is where no tag says. */
  readonly owns?: readonly Pattern[];
  /** Absent: those of the settings. */
  readonly workingHours?: WorkingHours;
  /** Absent: that of the settings. */
  readonly digest?: DigestTime;
}

/** In small letters. */
export const ownersOf = ({ name, owners = [name] }: Team): readonly string[] =>
  owners.map((owner) => owner.toLowerCase());

/** So many incidents that would wake somebody within so long are told by one page. */
export interface Storm {
  readonly incidents: number;
  /** ISO 8601: `PT10M`. */
  readonly within: string;
}

export const defaultStorm: Storm = { incidents: 10, within: 'PT10M' };

/** A rule whose containments were so often ineffective within so many hours is stopped. */
export interface Breaker {
  readonly ineffective: number;
  readonly withinHours: number;
}

export const defaultBreaker: Breaker = { ineffective: 3, withinHours: 24 };

/** A complete, linted, immutable set: what decisions read. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly exemptions: readonly Exemption[];
  readonly settings: Settings;
}

/** Why a rule did or did not take a finding. */
export interface Considered {
  readonly rule: string;
  readonly matched: boolean;
  readonly because: string;
}

/** A file as people write it: `rules/x.yaml`, `rules/exemptions/y.yaml`, `rules/settings.yaml` or the parameter of that name. */
export interface RuleSource {
  /** Path below the folder or parameter prefix: `rules/x`, `exemptions/y`, `settings`. */
  readonly path: string;
  readonly text: string;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
  readonly suggestion: string;
}
