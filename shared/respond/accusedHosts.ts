import type { Accused } from '../account/accused.ts';
import { nodeReads } from '../actions/targets/clusterNodes.ts';
import { type HostPod, namedContainer, readHostPod } from '../actions/targets/hostPod.ts';
import type { Finding } from '../finding/finding.ts';
import type { InstanceResource, ResourceKind } from '../finding/resource.ts';
import type { Head } from '../incident/items.ts';
import type { KnownPod, Matched, Plan } from '../plan/plan.ts';
import { once } from '../platform/once.ts';
import type { RuleSet } from '../rules/rule.ts';
import { planBefore } from './accused.ts';
import { askedActions } from './askedActions.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';

type HostEffects = Pick<Effects, 'bodies' | 'sessions' | 'catalogue'>;

interface Read {
  readonly accused: ReadonlyMap<string, Accused>;
  readonly unread: readonly string[];
}

interface ReadPods extends Read {
  /** Why a pod that is to be contained is not known, one sentence each: nobody may say that there is nothing to do. */
  readonly unsure: readonly string[];
  /** Those that the incident knows by now, for its plan. */
  readonly pods: readonly KnownPod[];
}

/**
 * Adds the pod of an accused EKS node that somebody is in, where the finding says which container or which address it was and a rule asks for
 * something about pods. Where nobody can tell which one it is, that is said, and the host alone stays accused. One that is gone is the one that this
 * incident knew: it has stopped it. Throws Throttled unless it is the last try.
 */
export async function withPods(
  effects: HostEffects,
  matched: readonly Matched[],
  set: RuleSet,
  known: Read,
  { plan }: Pick<Head, 'plan'>,
  lastTry: boolean,
): Promise<ReadPods> {
  const accused = new Map(known.accused);
  const unread = new Set(known.unread);
  const unsure = new Set<string>();
  const before = once(async () => podsOfPlan(await planBefore(effects, plan)));
  const pods: KnownPod[] = [];
  for (const one of matched) {
    const { finding } = one;
    const seen = accused.get(finding.id);
    const wanted = wantedOfPods(effects, one, set);
    if (!isOnHost(finding) || finding.threat === undefined || seen === undefined || wanted === null) continue;
    const { account, region, resource } = finding;
    const asked = await podOf(effects, finding, lastTry);
    const found = 'none' in asked ? (remembered(await before(), finding) ?? asked) : asked;
    if ('none' in found) {
      const text = `Nobody can tell which pod of ${resource.id} it was: ${found.none}.`;
      if (wanted === 'contained') unsure.add(text);
      else if (found.isPod) unread.add(text);
      continue;
    }
    unread.add(`By ${found.by}, it was in pod ${found.pod.id} of ${resource.id}.`);
    accused.set(finding.id, { ...seen, targets: [...seen.targets, { ...found.pod, account, region }] });
    const { container = null, address = null } = finding.threat.inside ?? {};
    pods.push({ host: resource.id, container, address: container === null ? address : null, pod: found.pod });
  }
  const all = pods.length === 0 && unsure.size === 0 ? [] : [...(await before()), ...pods];
  return { accused, unread: [...unread], unsure: [...unsure], pods: eachOnce(all) };
}

const podsOfPlan = (plan: Plan | undefined): readonly KnownPod[] => plan?.pods ?? [];

/** The newest of each. */
const eachOnce = (all: readonly KnownPod[]): readonly KnownPod[] => [
  ...new Map(all.map((one) => [`${one.host} ${one.container ?? one.address}`, one])).values(),
];

/** The pod that the same container, or the same address of the same host, was of when it was there. */
function remembered(pods: readonly KnownPod[], { resource, threat }: OnHost): FoundPod | undefined {
  const { container = null, address = null } = threat?.inside ?? {};
  const known = pods.find((one) =>
    container === null
      ? address !== null && one.address === address && one.host === resource.id
      : one.container === container,
  );
  if (known === undefined) return undefined;
  return { pod: known.pod, by: container === null ? `the address ${address}` : namedContainer(container) };
}

/** A finding about an EC2 instance. */
type OnHost = Finding & { readonly resource: InstanceResource };

const isOnHost = (finding: Finding): finding is OnHost => finding.resource.kind === 'instance';

/**
 * What the rule of a finding wants of the pod: that it is contained, and the host is not with it; anything else, such as evidence; or null for
 * nothing.
 */
function wantedOfPods({ catalogue }: HostEffects, matched: Matched, set: RuleSet): 'contained' | 'more' | null {
  const asked = askedActions(catalogue, matched, set);
  if (!asked.some(({ targets }) => targets.includes('pod'))) return null;
  const contains = (kind: ResourceKind): boolean =>
    asked.some(({ facts, targets }) => facts.contains && targets.includes(kind));
  const acts = set.rules.some(({ name, mode }) => name === matched.rule && mode === 'enforce');
  return acts && contains('pod') && !contains('instance') ? 'contained' : 'more';
}

type FoundPod =
  | Extract<HostPod, { readonly pod: unknown }>
  /** `isPod`: it may have been in one, as far as is known. */
  | { readonly none: string; readonly isPod: boolean };

async function podOf(
  { sessions }: HostEffects,
  { account, region, resource, threat, observedAt }: OnHost,
  lastTry: boolean,
): Promise<FoundPod> {
  if (threat?.inside === undefined)
    return { none: 'its finding names neither a container nor an address', isPod: false };
  const doing = `Reading which pod of ${resource.id} it was`;
  try {
    const target = { ...resource, account, region };
    const aws = await sessions.read(target, nodeReads(target));
    const found = await readHostPod(target, threat.inside, observedAt, { aws });
    if (found === null) return { none: 'it is no node of an EKS cluster', isPod: false };
    return 'none' in found ? { ...found, isPod: true } : found;
  } catch (error) {
    const failure = failureOfStep(error, doing, lastTry);
    return { none: failure.kind === 'failed' ? failure.why : 'it is not there any more', isPod: true };
  }
}
