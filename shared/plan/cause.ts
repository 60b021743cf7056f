import type { Accused, Circumstances } from '../account/accused.ts';
import type { Accusation, Cause } from '../actions/accusation.ts';
import type { Finding, Threat } from '../finding/finding.ts';
import { isWritablePath } from '../finding/writablePath.ts';
import { canonicalJson } from '../platform/json.ts';
import { sameVoice } from './heeded.ts';
import type { FindingClass, Matched } from './plan.ts';
import { threatClass, traitOf } from './threatTypes.ts';

/** The first that holds: an image that is bad says more than an intrusion, and that more than not knowing. */
const causesInOrder: readonly Cause[] = ['image', 'intrusion', 'unknown'];
const classesInOrder: readonly FindingClass[] = ['A', 'B', 'C'];

export interface CauseFound {
  readonly cause: Cause;
  /** One sentence for the message. */
  readonly why: string;
  /** Of several images of a task, those that are to blame; absent where all are, or none. */
  readonly blamed?: readonly string[];
}

const pathsOf = ({ process, files }: Threat): readonly string[] =>
  [process?.path ?? null, ...files].filter((path) => path !== null);

const isWritable = (threat: Threat): string | undefined => pathsOf(threat).find(isWritablePath);

const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;

/** Found in a place that only the image can have filled. */
function inLayer(threat: Threat, { readOnlyRoot }: Circumstances): boolean {
  return readOnlyRoot && pathsOf(threat).length > 0 && isWritable(threat) === undefined;
}

/**
 * Why it is not the digest's doing: nobody knows when it was deployed, it was seen too late after that or before it; null when
 * nothing speaks against it.
 */
function notTheDigest(
  finding: Finding,
  threat: Threat,
  { firstDeployedAt }: Circumstances,
  earlier: readonly Finding[],
  causeWindowMinutes: number,
): string | null {
  if (firstDeployedAt === null) return 'when its image was first deployed is not known';
  const minutes = minutesBetween(firstDeployedAt, threat.firstSeenAt);
  if (minutes < 0) return 'it was seen before the image was deployed';
  if (minutes > causeWindowMinutes) return `it was first seen ${spoken(minutes)} after the image was deployed`;
  // A shell in the image before says nothing about a miner in this one: it is the same kind of threat that must not have been there, and nobody
  // but whoever says this one is a witness of it.
  const before = earlier.find(
    (one) =>
      one.threat !== undefined &&
      one.id !== finding.id &&
      sameVoice(one, finding) &&
      one.threat.firstSeenAt < firstDeployedAt &&
      traitOf(one, one.threat) !== 'interactive',
  );
  return before === undefined ? null : `${before.type} was seen on an earlier image`;
}

const spoken = (minutes: number): string =>
  minutes < 120
    ? `${Math.round(minutes)} minutes`
    : minutes < 48 * 60
      ? `${Math.round(minutes / 60)} hours`
      : `${Math.round(minutes / 1440)} days`;

/** Whether what is accused has an image: somebody in a task, a pod, or a container of a host that the finding names. */
const inContainer = ({ resource: { kind }, threat }: Finding): boolean =>
  ['ecs-task', 'ecs-service', 'pod', 'image'].includes(kind) || threat?.inside?.container != null;

/** What lies open, and nobody is seen to have used: a policy, a port that is asked whether it answers. */
const isOpening = /^(?:Policy:|Recon:EC2\/PortProbe)/;

function intruderIn(finding: Finding): string {
  const { type, resource } = finding;
  if (isOpening.test(type)) return `It is open to intruders (${type}); that one has come in is not known.`;
  if (inContainer(finding)) return `Somebody is at work in the container (${type}).`;
  return `Somebody is at work ${resource.kind === 'instance' ? 'on the host' : 'with what is accused'} (${type}).`;
}

/**
 * The cause of one threat. Pure.
 * @param earlier the incident's other threats, closed ones too: what was seen on an earlier image is not the doing of this one
 */
export function causeOfThreat(
  finding: Finding,
  threat: Threat,
  circumstances: Circumstances,
  earlier: readonly Finding[],
  causeWindowMinutes: number,
): CauseFound {
  const trait = traitOf(finding, threat);
  if (trait === 'malware' && inLayer(threat, circumstances)) {
    return { cause: 'image', why: 'Malware lies where only the image can have put it: the file system is read-only.' };
  }
  const against = notTheDigest(finding, threat, circumstances, earlier, causeWindowMinutes);
  if (trait !== 'interactive' && against === null) {
    const minutes = spoken(minutesBetween(circumstances.firstDeployedAt ?? threat.firstSeenAt, threat.firstSeenAt));
    const never = circumstances.hadEarlier ? ', and never on the image before' : '';
    return {
      cause: 'image',
      why: `It seems to have come with the image: first seen ${minutes} after its deployment${never}.`,
    };
  }
  const path = isWritable(threat);
  if (trait === 'interactive') return { cause: 'intrusion', why: intruderIn(finding) };
  if (path !== undefined)
    return { cause: 'intrusion', why: `Something runs from ${path}, which is not part of the image.` };
  if (!inContainer(finding)) {
    return { cause: 'unknown', why: 'Whether somebody is inside, or what was put there is to blame, cannot be told.' };
  }
  return {
    cause: 'unknown',
    why: `Whether the image or an intruder is to blame cannot be told: ${against ?? 'nothing says so'}.`,
  };
}

/** Everything about the incident's surroundings that the cause depends on. */
export interface CauseInput {
  readonly matched: readonly Matched[];
  readonly accused: ReadonlyMap<string, Accused>;
  /** Findings of earlier incidents of the same key. */
  readonly earlier: readonly Finding[];
  readonly causeWindowMinutes: number;
}

const unknowns: Circumstances = { firstDeployedAt: null, hadEarlier: false, readOnlyRoot: false };

/** By the id of its finding, the cause of each threat that a rule took. */
export type Causes = ReadonlyMap<string, CauseFound>;

/** Of a task with several images each is judged by itself. One that is to blame is enough. */
function causeAmong(seen: Accused | undefined, judge: (around: Circumstances) => CauseFound): CauseFound {
  const each = (seen?.images ?? []).map(({ digest, circumstances }) => ({ digest, found: judge(circumstances) }));
  const blamed = each.filter(({ found }) => found.cause === 'image');
  const [first] = blamed;
  if (each.length < 2 || first === undefined) return judge(seen?.circumstances ?? unknowns);
  return { ...first.found, blamed: blamed.map(({ digest }) => digest) };
}

/** The cause of each of an incident's threats; none where no finding that a rule took says that anybody is at work. */
export function causesOf({ matched, accused, earlier, causeWindowMinutes }: CauseInput): Causes {
  const findings = matched.map(({ finding }) => finding);
  const all = [...findings, ...earlier];
  return new Map(
    matched.flatMap(({ finding, decision }) => {
      if (decision !== 'rule' || finding.threat === undefined) return [];
      const { threat } = finding;
      const one = (around: Circumstances): CauseFound =>
        causeOfThreat(finding, threat, around, all, causeWindowMinutes);
      return [[finding.id, causeAmong(accused.get(finding.id), one)] as const];
    }),
  );
}

/**
 * What the findings that a rule took accuse, under the one cause of the incident. Where an image is to blame, it is the one that its own
 * finding accuses: what goes on in a task of the clean version accuses that task, and not the version that the service went back to.
 */
export function accusationOf(
  { matched, accused }: Pick<CauseInput, 'matched' | 'accused'>,
  causes: Causes,
  suspects: readonly string[],
): Accusation {
  const cause = firstCause([...causes.values()])?.cause ?? null;
  const seen = matched.filter(({ finding }) => causes.has(finding.id));
  const taken = seen.flatMap(({ finding }) => accused.get(finding.id) ?? []);
  const blamed = seen.filter(({ finding }) => cause !== 'image' || causes.get(finding.id)?.cause === 'image');
  const digestsOf = ({ finding }: Matched): readonly string[] =>
    causes.get(finding.id)?.blamed ?? accused.get(finding.id)?.digests ?? [];
  const digests = sorted(blamed.flatMap(digestsOf));
  return {
    cause,
    tasks: sorted(taken.flatMap(({ tasks }) => tasks)),
    ...podsIn(taken),
    digests,
    unsure: sorted(blamed.flatMap((one) => (digestsOf(one).length > 1 ? digestsOf(one) : []))),
    suspects: sorted([...suspects, ...(cause === 'image' ? digests : [])]),
    leaving: [],
    pulledUntil:
      taken
        .flatMap(({ pulledUntil }) => pulledUntil ?? [])
        .toSorted()
        .at(-1) ?? null,
    ...complaintsIn(matched, accused),
  };
}

/** Each once, in one order. */
function podsIn(taken: readonly Accused[]): Pick<Accusation, 'pods'> {
  const byText = new Map(taken.flatMap(({ pods = [] }) => pods).map((pod) => [canonicalJson(pod), pod]));
  const pods = [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pod]) => pod);
  return pods.length === 0 ? {} : { pods };
}

/** What rules of AWS Config say of revisions, as far as a rule of ours asks for a fix of the services that run them: no other is asked for by anybody. */
function complaintsIn(matched: readonly Matched[], accused: CauseInput['accused']): Pick<Accusation, 'complaints'> {
  const complaints = matched.flatMap(({ finding: { id, resource, compliance } }) => {
    const rule = compliance?.rule ?? null;
    const isOne = accused.get(id)?.fixTargets !== undefined && rule !== null;
    return isOne ? [{ definition: resource.arn, rule }] : [];
  });
  const byText = new Map(complaints.map((one) => [`${one.definition} ${one.rule}`, one]));
  const each = [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return each.length === 0 ? {} : { complaints: each };
}

/** Roles whose credentials the accused tasks had. */
export const rolesOf = ({ matched, accused }: Pick<CauseInput, 'matched' | 'accused'>): readonly string[] =>
  sorted(
    matched.flatMap(({ finding, decision }) => (decision === 'ignore' ? [] : (accused.get(finding.id)?.roles ?? []))),
  );

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** The strongest of several causes, with its reason; null when there is none. */
export const firstCause = (causes: readonly CauseFound[]): CauseFound | null =>
  causesInOrder.flatMap((cause) => causes.find((one) => one.cause === cause) ?? [])[0] ?? null;

/** The worst of several classes; C when there is none. */
export const worstClass = (classes: readonly FindingClass[]): FindingClass =>
  classesInOrder.find((one) => classes.includes(one)) ?? 'C';

/** A vulnerability is a weakness: nobody put it there, nobody is known to have used it. */
const classOfFinding = (finding: Finding): FindingClass => (finding.threat === undefined ? 'C' : threatClass(finding));

/** The class of an incident, from all findings that are not ignored. */
export const classOf = (matched: readonly Matched[]): FindingClass =>
  worstClass(matched.filter(({ decision }) => decision !== 'ignore').map(({ finding }) => classOfFinding(finding)));
