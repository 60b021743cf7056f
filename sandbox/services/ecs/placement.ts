import { type Lacking, lacking, less, type Resources, remaining, reservedBy } from './resources.ts';
import type { Cluster, ContainerInstance, StoredService, StoredTaskDefinition } from './state.ts';
import { isWanted, tasksOf } from './tasks.ts';

/** A host, or anywhere on Fargate. */
interface Place {
  readonly host: ContainerInstance | undefined;
}

/** Why there was no place for a task. */
export type Shortage =
  | { readonly reason: 'NO ACTIVE INSTANCES' }
  /** The agents of all active hosts are not connected. */
  | { readonly reason: 'AGENT'; readonly hosts: readonly Short<'AGENT'>[] }
  | { readonly reason: 'RESOURCE:FARGATE' }
  /** Fargate starts no task on that platform version any more. */
  | { readonly reason: 'RETIRED'; readonly version: string }
  /** Every active host, the one that would almost have done first. */
  | { readonly reason: Lacking; readonly hosts: readonly Short[] };

interface Short<Reason = Lacking> {
  readonly host: ContainerInstance;
  readonly reason: Reason;
}

export interface Placement {
  readonly places: readonly Place[];
  /** Undefined when all had a place. */
  readonly shortage?: Shortage;
}

/**
 * Where up to `count` new tasks of a service go: of a DAEMON onto each active container instance that has none left, not even one
 * that is being stopped; else as `placesOf` has it.
 */
export function placesFor(cluster: Cluster, service: StoredService, count: number): Placement {
  const { launchType, definition } = service;
  if (service.schedulingStrategy !== 'DAEMON') return placesOf(cluster, definition, launchType, count);
  const left = tasksOf(cluster, service).filter(({ status }) => status !== 'STOPPED');
  const taken = new Set(left.map(({ host }) => host?.id));
  const free = candidates(cluster).filter(({ host }) => !taken.has(host.id));
  const wanted = reservedBy(definition);
  const fitting = free.filter(({ room }) => lacking(room, wanted) === undefined);
  const places = fitting.slice(0, count).map(({ host }) => ({ host }));
  return places.length < count && fitting.length < free.length
    ? { places, shortage: shortOf(free, wanted) }
    : { places };
}

/** On Fargate anywhere, while it has room; else on the active container instance with the fewest tasks that has room left. */
export function placesOf(
  cluster: Cluster,
  definition: StoredTaskDefinition,
  launchType: StoredService['launchType'],
  count: number,
): Placement {
  if (launchType === 'FARGATE') {
    if (cluster.fargate === 'unavailable') return { places: [], shortage: { reason: 'RESOURCE:FARGATE' } };
    return { places: Array.from({ length: count }, () => ({ host: undefined })) };
  }
  const wanted = reservedBy(definition);
  const hosts = candidates(cluster);
  if (hosts.length === 0) return { places: [], shortage: noHost(cluster) };
  const places: Place[] = [];
  while (places.length < count) {
    const [best] = hosts.filter(({ room }) => lacking(room, wanted) === undefined).sort((a, b) => a.tasks - b.tasks);
    if (best === undefined) return { places, shortage: shortOf(hosts, wanted) };
    best.tasks += 1;
    best.room = less(best.room, wanted);
    places.push({ host: best.host });
  }
  return { places };
}

interface Candidate {
  readonly host: ContainerInstance;
  tasks: number;
  room: Resources;
}

const active = (cluster: Cluster): readonly ContainerInstance[] =>
  [...cluster.instances.values()].filter(({ status }) => status === 'ACTIVE');

function noHost(cluster: Cluster): Shortage {
  const down = active(cluster).map((host) => ({ host, reason: 'AGENT' as const }));
  return down.length === 0 ? { reason: 'NO ACTIVE INSTANCES' } : { reason: 'AGENT', hosts: down };
}

/** The active container instances whose agent is connected, in their order. */
const candidates = (cluster: Cluster): readonly Candidate[] =>
  active(cluster)
    .filter(({ downSince }) => downSince === undefined)
    .map((host) => ({ host, tasks: tasksOn(cluster, host), room: remaining(cluster, host) }));

const tasksOn = (cluster: Cluster, { id }: ContainerInstance): number =>
  [...cluster.tasks.values()].filter((task) => task.host?.id === id && isWanted(task)).length;

/** The closest match is the host that lacks memory alone, or lacks the least. */
function shortOf(hosts: readonly Candidate[], wanted: Resources): Shortage {
  const short = hosts
    .flatMap(({ host, room }) => {
      const reason = lacking(room, wanted);
      return reason === undefined ? [] : [{ host, reason, left: reason === 'RESOURCE:CPU' ? room.cpu : room.memory }];
    })
    .sort((a, b) => Number(a.reason === 'RESOURCE:CPU') - Number(b.reason === 'RESOURCE:CPU') || b.left - a.left);
  return { reason: short[0]?.reason ?? 'RESOURCE:CPU', hosts: short.map(({ host, reason }) => ({ host, reason })) };
}
