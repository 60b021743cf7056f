import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs';

/** CPU units and MiB. */
interface Room {
  readonly cpu: number;
  readonly memory: number;
}

const sum = (amounts: readonly (string | undefined)[]): number =>
  amounts.reduce((total, amount) => total + Number(amount ?? 0), 0);

/** What a task reserves on its host: its own size, else what its containers ask for together (the reservation, where there is one). */
function reservedBy({ cpu, memory, containers = [] }: Task): Room {
  return {
    cpu: cpu === undefined ? sum(containers.map((one) => one.cpu)) : Number(cpu),
    memory: memory === undefined ? sum(containers.map((one) => one.memoryReservation ?? one.memory)) : Number(memory),
  };
}

/** What is not listed is without end. */
function leftOn({ remainingResources = [] }: ContainerInstance): Room {
  const amount = (wanted: string): number =>
    remainingResources.find(({ name }) => name === wanted)?.integerValue ?? Number.POSITIVE_INFINITY;
  return { cpu: amount('CPU'), memory: amount('MEMORY') };
}

/**
 * What one of the tasks reserves that none of the hosts has left now, in words; null where one has. Whether all of them find a place, and what
 * placement constraints and ports say, is for the scheduler of ECS to know.
 */
export function roomlessOn(hosts: readonly ContainerInstance[], tasks: readonly Task[]): string | null {
  for (const task of tasks) {
    const { cpu, memory } = reservedBy(task);
    const fits = hosts.map(leftOn).some((left) => left.cpu >= cpu && left.memory >= memory);
    if (!fits) return `${cpu} CPU units, ${memory} MiB`;
  }
  return null;
}

/**
 * Why a drain never ends: ECS keeps the minimum (rounded up) of the desired tasks running, and runs no more than the maximum (rounded down), of
 * a drain as of a deployment (Amazon ECS developer guide, "Draining Amazon ECS container instances"). Null where it may stop one, or start one.
 */
export function stuckLimits({ desiredCount: desired = 0, deploymentConfiguration }: Service): string | null {
  const { minimumHealthyPercent: least = 100, maximumPercent: most = 200 } = deploymentConfiguration ?? {};
  const mayStop = Math.ceil((desired * least) / 100) < desired;
  const mayStart = Math.floor((desired * most) / 100) > desired;
  return desired === 0 || mayStop || mayStart
    ? null
    : `it may have neither fewer nor more than ${desired} task${desired === 1 ? '' : 's'} (minimum ${least} %, maximum ${most} %)`;
}
