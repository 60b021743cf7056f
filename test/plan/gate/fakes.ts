import type { AskedImage, RunnableImage } from '../../../shared/account/askedImage.ts';
import { parseReference } from '../../../shared/account/reference.ts';
import type { ReportedScan } from '../../../shared/finding/imageScan/reported.ts';
import { type Asked, type CheckName, gateVerdict, type Reason } from '../../../shared/plan/gate/verdict.ts';
import type { Exemption, ImagePolicy, Rule, RuleSet } from '../../../shared/rules/rule.ts';
import { inForce } from '../../../shared/rules/storedSet.ts';
import { archive, evidence, now, rule, ruleSet } from '../fakes.ts';

export const digest = `sha256:${'1'.repeat(64)}`;
export const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
export const name = `${registry}/payments/api:1.0`;

/** Archives an image with a critical vulnerability. */
export const critical = rule({
  name: 'critical',
  when: { type: ['ImageScan'], counts: { critical: [{ numeric: ['>=', 1] }] } },
});

export const scanned = (counts: Readonly<Record<string, number>> | null, status = 'COMPLETE'): ReportedScan => ({
  status,
  counts,
  enhanced: null,
});

export const runnable = (more: Partial<RunnableImage> = {}): RunnableImage => ({
  ...{ digest, os: null, architecture: null, status: 'ACTIVE', tags: ['1.0'], scan: scanned({}) },
  ...more,
});

/** An image that is there, with a clean scan. */
export const clean: AskedImage = {
  image: {
    digest,
    kind: 'image',
    status: 'ACTIVE',
    tags: ['1.0'],
    mediaType: null,
    sizeBytes: null,
    pushedAt: '2026-11-19T10:00:00.000Z',
    archivedAt: null,
    activatedAt: null,
    lastPull: null,
    referrerOf: null,
  },
  missing: null,
  runnable: [runnable()],
  leftOut: [],
  signatures: null,
  unread: [],
};

export interface Given {
  readonly image?: string;
  readonly asked?: Partial<AskedImage> | null;
  readonly scan?: ReportedScan | null;
  readonly rules?: readonly Rule[];
  readonly exemptions?: readonly Exemption[];
  readonly policy?: ImagePolicy;
  readonly observeOnly?: boolean;
  readonly at?: Date;
  readonly runsIn?: string | null;
}

export function askedOf({
  image = name,
  asked = {},
  scan,
  rules = [critical],
  exemptions = [],
  ...given
}: Given): Asked {
  const reference = parseReference(image);
  if (reference === null) throw new Error(`${image} is no image`);
  const { settings, ...set } = ruleSet(rules, exemptions);
  const { policy, observeOnly = false, at = now, runsIn = 'us-east-1' } = given;
  const all: RuleSet = {
    ...set,
    settings: { ...settings, observeOnly, ...(policy === undefined ? {} : { images: policy }) },
  };
  const found = scan === undefined ? clean : { ...clean, runnable: [runnable({ scan })] };
  return {
    reference,
    asked: asked === null ? null : { ...found, ...asked },
    set: inForce(all),
    actions: [archive, evidence],
    now: at,
    runsIn,
  };
}

export interface Came {
  readonly verdict: string;
  /** `check code level` of each reason. */
  readonly why: readonly string[];
  readonly reasons: readonly Reason[];
  readonly states: Readonly<Partial<Record<CheckName, string>>>;
}

export function judged(given: Given): Came {
  const { verdict, checks } = gateVerdict(askedOf(given));
  const reasons = checks.flatMap((check) => check.reasons);
  return {
    verdict,
    why: reasons.map(({ check, code, level }) => `${check} ${code} ${level}`),
    reasons,
    states: Object.fromEntries(checks.map(({ check, state }) => [check, state])),
  };
}
