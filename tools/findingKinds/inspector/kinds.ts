import type { JsonObject } from '../../../shared/platform/json.ts';

/** What Inspector may find, as far as it decides what is done: on what, how bad, whether attackers use it, whether a fix exists. */
export interface InspectorKind {
  readonly kind: string;
  /** The sample that has its shape: `events/inspector-finding-<sample>.json`. */
  readonly sample: string;
  /** What of the sample is otherwise. */
  readonly with: JsonObject;
  readonly says: string;
}

const notSeen = { exploitabilityDetails: {} };
/** What is known of how it is exploited, the worst first; the fields that Inspector says it by. */
const seen = {
  exploitAvailable: 'YES',
  exploitabilityDetails: { lastKnownExploitAt: 'Wed Nov 18 00:00:00.000 UTC 2026' },
  epss: { score: 0.91 },
};
const known = { exploitAvailable: 'YES', epss: { score: 0.04 }, ...notSeen };
const likely = { exploitAvailable: 'NO', epss: { score: 0.34 }, ...notSeen };
const none = { exploitAvailable: 'NO', epss: { score: 0.002 }, ...notSeen };
const [fix, noFix] = [{ fixAvailable: 'YES' }, { fixAvailable: 'NO' }];

/** What is said of each, on an image and on what runs in any case. */
interface Weakness {
  readonly kind: string;
  readonly with: JsonObject;
  readonly image: string;
  readonly running: string;
}

const inUse = 'Once enforced, one that runs is held for a person and told in working hours, whatever the number.';
const anyHow =
  'Told in working hours, whether or not something runs it: once enforced, one that runs is held for a person.';
const runs = 'and it runs: told in working hours, nobody is known to be inside.';
const regular = 'Patching is regular work, and has findings of its own.';
const line = 'Nobody was seen to use it yet, and an update mends it: one line in the morning.';
const counted = 'The scan counts it.';
const notYet = 'Nothing can be done about it today, and nobody was seen to use it';

const weaknesses: readonly Weakness[] = [
  {
    kind: 'critical, seen exploited, with a fix',
    with: { severity: 'CRITICAL', ...seen, ...fix },
    image: `Attackers use it today. ${anyHow}`,
    running: `Attackers use it today, ${runs}`,
  },
  {
    kind: 'critical, seen exploited, without a fix',
    with: { severity: 'CRITICAL', ...seen, ...noFix },
    image: `Attackers use it today, and nothing helps but not to run it. ${anyHow}`,
    running: `Attackers use it today, ${runs}`,
  },
  {
    kind: 'critical, exploit known, with a fix',
    with: { severity: 'CRITICAL', ...known, ...fix },
    image: `Whoever wants to can use it today. ${inUse}`,
    running: `Whoever wants to can use it today, ${runs}`,
  },
  {
    kind: 'critical, exploit known, without a fix',
    with: { severity: 'CRITICAL', ...known, ...noFix },
    image: `Whoever wants to can use it today, and nothing helps but not to run it. ${inUse}`,
    running: `Whoever wants to can use it today, ${runs}`,
  },
  {
    kind: 'critical, likely to be exploited, with a fix',
    with: { severity: 'CRITICAL', ...likely, ...fix },
    image: `It can be built anew without it. ${inUse}`,
    running: line,
  },
  {
    kind: 'critical, likely to be exploited, without a fix',
    with: { severity: 'CRITICAL', ...likely, ...noFix },
    image: `${notYet}: the scan counts it, and one line in the morning names the image.`,
    running: `${notYet}: its team reads it in Inspector.`,
  },
  {
    kind: 'critical, no exploit known',
    with: { severity: 'CRITICAL', ...none, ...fix },
    image: 'Most of what Inspector finds: the scan counts it, and one line in the morning names the image.',
    running: `Most of what Inspector finds. ${regular}`,
  },
  {
    kind: 'high, seen exploited, with a fix',
    with: { severity: 'HIGH', ...seen, ...fix },
    image: `Attackers use it today, which counts for more than the severity. ${anyHow}`,
    running: `Attackers use it today, which counts for more than the severity, ${runs}`,
  },
  {
    kind: 'high, seen exploited, without a fix',
    with: { severity: 'HIGH', ...seen, ...noFix },
    image: `Attackers use it today, and nothing helps but not to run it. ${anyHow}`,
    running: `Attackers use it today, which counts for more than the severity, ${runs}`,
  },
  {
    kind: 'high, exploit known',
    with: { severity: 'HIGH', ...known, ...fix },
    image: 'Nobody was seen to use it, and it is not likely within 30 days: the scan counts it.',
    running: `Nobody was seen to use it, and it is not likely within 30 days. ${regular}`,
  },
  {
    kind: 'high, likely to be exploited, with a fix',
    with: { severity: 'HIGH', ...likely, ...fix },
    image: `It can be built anew without it. ${inUse}`,
    running: line,
  },
  {
    kind: 'high, likely to be exploited, without a fix',
    with: { severity: 'HIGH', ...likely, ...noFix },
    image: `${notYet}: the scan counts it.`,
    running: `${notYet}: its team reads it in Inspector.`,
  },
  { kind: 'high, no exploit known', with: { severity: 'HIGH', ...none, ...fix }, image: counted, running: regular },
  {
    kind: 'untriaged, seen exploited',
    with: { severity: 'UNTRIAGED', ...seen, ...noFix },
    image: `Attackers were faster than whoever rates it. ${anyHow}`,
    running: `Attackers were faster than whoever rates it, ${runs}`,
  },
  {
    kind: 'untriaged, not seen exploited',
    with: { severity: 'UNTRIAGED', ...known, ...fix },
    image: 'Nobody has said how bad it is: Inspector sends it again once somebody has.',
    running: 'Nobody has said how bad it is: Inspector sends it again once somebody has.',
  },
  {
    kind: 'medium, seen exploited',
    with: { severity: 'MEDIUM', ...seen, ...fix },
    image: 'Attackers gain little by it alone: the scan counts it.',
    running: `Attackers gain little by it alone. ${regular}`,
  },
  { kind: 'medium', with: { severity: 'MEDIUM', ...none, ...fix }, image: counted, running: regular },
];

const on = (what: string, sample: string, says: 'image' | 'running'): readonly InspectorKind[] =>
  weaknesses.map((one) => ({ kind: `${what}, ${one.kind}`, sample, with: one.with, says: one[says] }));

const reachable =
  'Inspector names the groups on the way: where the port is SSH, the rules that would be taken away are told.';

export const inspectorKinds: readonly InspectorKind[] = [
  ...on('Image', 'exploited', 'image'),
  ...on('Host', 'instance', 'running'),
  ...on('Function', 'function', 'running'),
  {
    kind: 'Function, flaw in its code',
    sample: 'function-code',
    with: {},
    says: 'Nobody says whether an exploit is known, and each deployment changes it: its team reads it in Inspector.',
  },
  {
    kind: 'Host, port that can be reached, medium',
    sample: 'instance-reachable',
    with: { severity: 'MEDIUM' },
    says: reachable,
  },
  {
    kind: 'Host, port that can be reached, high',
    sample: 'instance-reachable',
    with: { severity: 'HIGH' },
    says: reachable,
  },
  {
    kind: 'Repository of code',
    sample: 'code-repository',
    with: {},
    says: 'Nothing of it runs: its team reads it in Inspector.',
  },
];
