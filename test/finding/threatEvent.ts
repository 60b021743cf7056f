import { type Sample, sampleEvent } from './sampleEvent.ts';

/** Part of an event, to be changed. */
export type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the changes do not name stays; undefined takes a field away. */
export function merged(into: Tree, changes: Tree): Tree {
  const copy = { ...into };
  for (const [key, change] of Object.entries(changes)) {
    const was = copy[key];
    if (change === undefined) delete copy[key];
    else copy[key] = isTree(was) && isTree(change) ? merged(was, change) : change;
  }
  return copy;
}

/** `events/guardduty-<name>.json` with changes within its detail. */
export function threatEvent(name: string, changes: Tree = {}): Sample {
  const event = sampleEvent(`guardduty-${name}`);
  return { ...event, detail: merged(event.detail, changes) };
}

/** The miner on Fargate, with changes to its resource, its cluster or its task. */
export const onResource = (resource: Tree): Sample => threatEvent('ecs-miner', { resource });
export const onCluster = (cluster: Tree): Sample => onResource({ ecsClusterDetails: cluster });
export const onTask = (task: Tree): Sample => onCluster({ taskDetails: task });
export const onService = (service: Tree): Sample => threatEvent('ecs-miner', { service });

/** The attack sequence of a sample with other resources or signals. */
export const onSequence = (name: string, sequence: Tree, changes: Tree = {}): Sample =>
  threatEvent(name, { ...changes, service: { detection: { sequence } } });
