import type { Cluster, ContainerInstance, StoredTaskDefinition } from './state.ts';

/** CPU units and MiB. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
}

/** What a task reserves on its host: the size of the task, else what its containers ask for together. */
export const reservedBy = ({ settings, containers }: StoredTaskDefinition): Resources => ({
  cpu: sized(settings.cpu) ?? sum(containers.map(({ cpu = 0 }) => cpu)),
  memory:
    sized(settings.memory) ?? sum(containers.map(({ memoryReservation, memory = 0 }) => memoryReservation ?? memory)),
});

/** `512`, `.5 vCPU` or `1 GB`. */
function sized(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const amount = Number.parseFloat(text);
  return /vcpu|gb/i.test(text) ? amount * 1024 : amount;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

export const registered = ({ cpu, memory }: ContainerInstance): Resources => ({
  cpu: cpu ?? Number.POSITIVE_INFINITY,
  memory: memory ?? Number.POSITIVE_INFINITY,
});

/** What is left on a host: a task has its part until it has stopped. */
export function remaining(cluster: Cluster, host: ContainerInstance): Resources {
  const here = [...cluster.tasks.values()].filter((task) => task.host?.id === host.id && task.status !== 'STOPPED');
  return here.reduce((left, { definition }) => less(left, reservedBy(definition)), registered(host));
}

export const less = (from: Resources, part: Resources): Resources => ({
  cpu: from.cpu - part.cpu,
  memory: from.memory - part.memory,
});

export type Lacking = 'RESOURCE:CPU' | 'RESOURCE:MEMORY';

/** What there is too little of, as AWS spells it: CPU before memory. */
export function lacking(left: Resources, wanted: Resources): Lacking | undefined {
  if (left.cpu < wanted.cpu) return 'RESOURCE:CPU';
  return left.memory < wanted.memory ? 'RESOURCE:MEMORY' : undefined;
}
