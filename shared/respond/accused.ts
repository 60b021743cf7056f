import { type Accused, accusedBy } from '../account/accused.ts';
import { type NamedTask, readWorkload } from '../account/ecsWorkload.ts';
import { readsWith } from '../account/reads.ts';
import type { Workload } from '../account/workload.ts';
import { workloadPermissions } from '../account/workloadPermissions.ts';
import { clusterOf } from '../actions/targets/ecsTarget.ts';
import type { Finding } from '../finding/finding.ts';
import { keyOfResource } from '../finding/incidentKey.ts';
import { readHead } from '../incident/head.ts';
import type { Head } from '../incident/items.ts';
import type { Matched, Plan } from '../plan/plan.ts';
import { Throttled } from '../platform/errors.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';

type AccusedEffects = Pick<Effects, 'table' | 'bodies' | 'sessions'>;
type Seen = ReadonlyMap<string, Accused>;

/** A finding about ECS whose surroundings are worth reading. */
type OnEcs = Finding & { readonly resource: Extract<Finding['resource'], { kind: 'ecs-task' | 'ecs-cluster' }> };

const isOnEcs = ({ finding, decision }: Matched): boolean =>
  decision === 'rule' && (finding.resource.kind === 'ecs-task' || finding.resource.kind === 'ecs-cluster');

const namedIn = ({ resource }: OnEcs): readonly NamedTask[] =>
  resource.kind === 'ecs-task'
    ? [{ arn: resource.arn, taskDefinition: resource.taskDefinition }]
    : resource.tasks.map((arn) => ({ arn, taskDefinition: null }));

const servicesOf = ({ resource }: OnEcs): readonly string[] =>
  resource.kind === 'ecs-task' && resource.service !== null ? [resource.service] : [];

/**
 * Reads what belongs to what the findings accuse: the service of a task, what it ran before, the digests of its containers. What cannot be
 * read is said, and leaves the finding's own resource alone accused. Throws Throttled unless it is the last try.
 */
export async function readAccused(
  effects: AccusedEffects,
  matched: readonly Matched[],
  lastTry: boolean,
): Promise<{ readonly accused: Seen; readonly unread: readonly string[] }> {
  const onEcs = matched.filter(isOnEcs).map(({ finding }) => finding as OnEcs);
  const workloads = new Map<string, Workload | string>();
  const unread = new Set<string>();
  const place = ({ account, region, resource }: OnEcs): string => `${account}/${region}/${resource.cluster}`;
  for (const cluster of new Set(onEcs.map(place))) {
    const there = onEcs.filter((finding) => place(finding) === cluster);
    const workload = await readCluster(effects, there, lastTry);
    workloads.set(cluster, workload);
    if (typeof workload === 'string') unread.add(workload);
    else for (const { place: what, why } of workload.unread) unread.add(`${what} could not be read: ${why}`);
  }
  const accused = new Map(
    matched.map(({ finding }) => {
      const workload = workloads.get(isEcs(finding) ? place(finding) : '');
      return [
        finding.id,
        accusedBy(finding, isEcs(finding) && typeof workload === 'object' ? partOf(workload, finding) : undefined),
      ];
    }),
  );
  return { accused, unread: [...unread] };
}

const isEcs = (finding: Finding): finding is OnEcs =>
  finding.resource.kind === 'ecs-task' || finding.resource.kind === 'ecs-cluster';

/** Of what was read for all findings, the tasks of one. */
const partOf = (workload: Workload, finding: OnEcs): Workload => ({
  ...workload,
  tasks: workload.tasks.filter(({ arn }) => namedIn(finding).some((named) => named.arn === arn)),
});

/** In one order, each task once: with its definition where a finding says which. */
function onceEach(named: readonly NamedTask[]): readonly NamedTask[] {
  const known = named.toSorted((a, b) => Number(a.taskDefinition !== null) - Number(b.taskDefinition !== null));
  const byArn = new Map(known.map((one) => [one.arn, one]));
  return [...byArn.values()].toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** What the findings on one cluster accuse; or why it could not be read, as a sentence. */
async function readCluster(
  { sessions }: AccusedEffects,
  findings: readonly OnEcs[],
  lastTry: boolean,
): Promise<Workload | string> {
  const [first] = findings;
  if (first === undefined) return { tasks: [], services: [], owner: '', unread: [] };
  const { account, region, resource } = first;
  const target = { ...resource, account, region };
  const doing = `Reading what ${resource.id} belongs to`;
  try {
    const aws = await sessions.read(target, workloadPermissions(clusterOf(target)));
    const workload = await readWorkload(readsWith(aws), {
      cluster: resource.cluster,
      tasks: onceEach(findings.flatMap(namedIn)),
      services: [...new Set(findings.flatMap(servicesOf))].sort(),
    });
    const throttled = workload.unread.find(({ mayPass }) => mayPass === true);
    if (throttled !== undefined && !lastTry) throw new Throttled(`${doing}: ${throttled.place}: ${throttled.why}`);
    return workload;
  } catch (error) {
    const failure = failureOfStep(error, doing, lastTry);
    return failure.kind === 'gone' ? `Cluster ${resource.cluster} is not there any more.` : `${failure.why}.`;
  }
}

/** Whose the accused workloads are, as tags around them say it. */
export const ownersIn = (accused: Seen): readonly string[] => [
  ...new Set([...accused.values()].flatMap(({ owner }) => owner ?? [])),
];

/** Of an image that an open incident has contained, or wants contained, whatever came of it. */
const accusing: readonly (Head['outcome'] | undefined)[] = ['contained', 'degraded', 'not-contained', 'held', 'joined'];

/** Whether an incident of an image, if there is one, accuses it. */
export const accusesStill = (head: Head | undefined): boolean =>
  head?.state === 'running' || (head?.state === 'resting' && accusing.includes(head.outcome));

/** The plan that an incident had before this one; undefined without one, and after an undo, which says that it was a false alarm. */
export const planBefore = async ({ bodies }: Pick<Effects, 'bodies'>, plan: Head['plan']): Promise<Plan | undefined> =>
  plan === null || plan.direction === 'undo' ? undefined : (JSON.parse(await bodies.get(plan.hash)) as Plan);

/**
 * Digests that a service must not go back to: those that an open incident of their own image accuses, and those that this
 * incident has accused before, of which nothing may be running any more.
 */
export async function readSuspects(
  { table, bodies }: AccusedEffects,
  { plan }: Head,
  accused: Seen,
): Promise<readonly string[]> {
  const before = await planBefore({ bodies }, plan);
  const steps = before === undefined ? [] : [...before.steps, ...before.proposed];
  const earlier = steps.flatMap(({ accusation }) => accusation.suspects);
  const open: string[] = [];
  const ran = new Map(
    [...accused.values()].flatMap((one) => one.ran).map((image) => [keyOfResource(image, image), image.digest]),
  );
  for (const [incident, digest] of ran) {
    const head = await readHead(table, incident);
    if (accusesStill(head) && digest !== null) open.push(digest);
  }
  return [...new Set([...earlier, ...open])].sort();
}
