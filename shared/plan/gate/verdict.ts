import type { AskedImage } from '../../account/askedImage.ts';
import type { Reference } from '../../account/reference.ts';
import type { Finding } from '../../finding/finding.ts';
import type { Mode, RuleSet } from '../../rules/rule.ts';
import type { DangerAction } from '../acting.ts';
import { ageCheck } from './age.ts';
import { imageCheck } from './image.ts';
import { regionCheck } from './region.ts';
import { registryCheck } from './registry.ts';
import { rulesCheck } from './rules.ts';
import { scanCheck } from './scan.ts';
import { signatureCheck } from './signature.ts';

/** What is asked of an image, in this order. */
export type CheckName = 'registry' | 'region' | 'image' | 'age' | 'signature' | 'scan' | 'rules';

/** `block`: it must not be deployed. `unknown`: that cannot be told. `warn`, `note`: it may, and somebody should know. */
export type Level = 'block' | 'unknown' | 'warn' | 'note';

export type ReasonCode =
  | 'unapproved-registry'
  | 'across-regions'
  | 'unknown-region'
  | 'not-ecr'
  | 'unknown-image'
  | 'not-read'
  | 'no-image'
  | 'archived'
  | 'activating'
  | 'incomplete-index'
  | 'too-old'
  | 'unknown-age'
  | 'unsigned'
  | 'signing'
  | 'revoked'
  | 'unverified'
  | 'unscanned'
  | 'scanning'
  | 'scan-failed'
  | 'rule'
  | 'exempted'
  | 'unreadable-finding';

/** Why an image is blocked, why that cannot be told, or what should be known of it. Its texts may hold what others wrote. */
export interface Reason {
  readonly check: CheckName;
  readonly code: ReasonCode;
  readonly level: Level;
  /** One sentence. */
  readonly message: string;
  /** What it is about: the image or one that its index lists, as it can be pulled. */
  readonly place: string;
  /** What to do; empty where nothing is. */
  readonly mend: string;
  readonly rule: { readonly name: string; readonly mode: Mode } | null;
  /** The exemption that takes something out, and until when (ISO). */
  readonly exemption: { readonly name: string; readonly owner: string; readonly expires: string } | null;
  /** The findings that it rests on, the first of `total`. */
  readonly findings: readonly Pick<Finding, 'id' | 'type' | 'title' | 'label' | 'severity'>[];
  readonly total: number;
  /** Asked again a little later, the answer may be another: a scan runs, AWS asked to slow down. */
  readonly mayPass: boolean;
}

export interface Check {
  readonly check: CheckName;
  readonly state: 'passed' | 'blocked' | 'unknown' | 'skipped';
  /** One sentence for a check that says nothing else. */
  readonly said: string;
  readonly reasons: readonly Reason[];
}

/** What one check found. `skipped`: there is nothing that it could have been asked about. */
export type Looked = Omit<Check, 'state'> & { readonly skipped?: boolean };

export interface Verdict {
  readonly verdict: 'passed' | 'blocked' | 'unknown';
  readonly checks: readonly Check[];
}

/** All that a verdict is made from. */
export interface Asked {
  readonly reference: Reference;
  /** Null where the image is in no registry of Amazon ECR: nothing could be asked. */
  readonly asked: AskedImage | null;
  readonly set: RuleSet;
  readonly actions: readonly DangerAction[];
  readonly now: Date;
  /** Region of what runs the image, or is to; null where nobody said. */
  readonly runsIn: string | null;
}

const checks: readonly ((asked: Asked) => Looked)[] = [
  registryCheck,
  regionCheck,
  imageCheck,
  ageCheck,
  signatureCheck,
  scanCheck,
  rulesCheck,
];

function stateOf(reasons: readonly Reason[], skipped: boolean): Check['state'] {
  if (reasons.some(({ level }) => level === 'block')) return 'blocked';
  if (reasons.some(({ level }) => level === 'unknown')) return 'unknown';
  return skipped ? 'skipped' : 'passed';
}

/**
 * Whether an image may be deployed, by the rules and settings that decide about findings. What blocks counts before what cannot be told:
 * asking again would not change it. Pure; `now` decides which exemptions have expired and how old the image is.
 */
export function gateVerdict(asked: Asked): Verdict {
  const done = checks.map((look): Check => {
    const { check, said, reasons, skipped = false } = look(asked);
    return { check, state: stateOf(reasons, skipped), said, reasons };
  });
  const is = (state: Check['state']): boolean => done.some((one) => one.state === state);
  return { verdict: is('blocked') ? 'blocked' : is('unknown') ? 'unknown' : 'passed', checks: done };
}

/** Whether all that keeps an image from passing may be otherwise a little later. */
export const mayPassLater = ({ verdict, checks: done }: Verdict): boolean =>
  verdict !== 'passed' &&
  done
    .flatMap(({ reasons }) => reasons)
    .filter(({ level }) => level === 'block' || level === 'unknown')
    .every(({ mayPass }) => mayPass);
