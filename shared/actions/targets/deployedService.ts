import type { Service } from '@aws-sdk/client-ecs';
import { namedFailure } from '../../account/awsFailure.ts';
import { describeLive, type ServiceState, serviceState } from '../../account/ecsService.ts';
import { readServiceTasks, type ServiceTask } from '../../account/ecsTasks.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import type { Executed, ReadContext, Verified } from '../contract.ts';
import { lastWords, type ServiceTarget } from './serviceTarget.ts';

/** What has become of a service that was deployed otherwise than it was. */
export interface Deployed {
  /**
   * `up`: all of its tasks are of what was deployed, as many as are wanted. `coming`: on its way there. `failed`: that does not come up. `back`: it
   * deploys what it did before, `settled` or not. `elsewhere`: somebody has deployed something else.
   */
  readonly is: 'up' | 'coming' | 'failed' | 'back' | 'elsewhere';
  /** All tasks that run are of what it deploys, as many as are wanted, and the deployment is over. */
  readonly settled: boolean;
  readonly service: ServiceState;
  readonly live: readonly ServiceTask[];
  readonly seen: string;
}

/** What an action knows of what it has deployed. */
export interface Deploying {
  /** Whether a task is of what the service deploys. */
  readonly isOwn: (task: ServiceTask, service: ServiceState) => boolean;
  /** `on task-definition/api:8, 0 on another revision`, of so many others. */
  readonly onWhat: (service: ServiceState, others: number, described: Service) => string;
  readonly isBack: (service: ServiceState, described: Service) => boolean;
  /** Why what it deploys is nothing that was deployed by us, one clause; null where it is. Asked where it is not back. */
  readonly notOurs: (read: Reads, service: ServiceState, described: Service) => Promise<string | null>;
}

/** Of so many tasks that have failed a circuit breaker of ECS would say so (developer guide, "deployment circuit breaker", "Failure threshold"). */
const failuresOf = (desired: number): number => Math.min(200, Math.max(3, Math.ceil(desired / 2)));

/** Reads what a service deploys and what its tasks run. Throws TargetGone, Throttled or ActionFailed. */
export async function readDeployed(target: ServiceTarget, context: ReadContext, what: Deploying): Promise<Deployed> {
  const { cluster, service: name } = target;
  const read = readsWith(context.aws);
  try {
    const described = await describeLive(read, cluster, name);
    const service = await serviceState(read, described);
    const { live } = await readServiceTasks(read, cluster, name);
    const failed = described.deployments?.find(({ status }) => status === 'PRIMARY')?.failedTasks ?? 0;
    const others = live.filter((task) => !what.isOwn(task, service)).length;
    const healthy = live.filter((task) => task.healthy && what.isOwn(task, service)).length;
    const settled = service.rollout === 'COMPLETED' && others === 0 && healthy >= service.desired;
    const seen = `${healthy} of ${service.desired} tasks healthy ${what.onWhat(service, others, described)}, deployment ${service.rollout}`;
    const tell = (is: Deployed['is'], more = ''): Deployed => ({ is, settled, service, live, seen: `${seen}${more}` });
    if (what.isBack(service, described)) return tell('back', settled ? '' : lastWords(service));
    const notOurs = await what.notOurs(read, service, described);
    if (notOurs !== null) return tell('elsewhere', `; ${notOurs}`);
    if (service.rollout === 'FAILED') return tell('failed', lastWords(service));
    if (!settled && failed >= failuresOf(service.desired)) {
      return tell('failed', `; ${failed} of its tasks did not come up${lastWords(service)}`);
    }
    return settled ? tell('up') : tell('coming', lastWords(service));
  } catch (error) {
    throw namedFailure(error, `Reading service ${target.id} back`);
  }
}

/**
 * Holds when all of its tasks are of what was deployed: that none is of anything else is an absence.
 * @param wentBack `prod/api went back to task-definition/api:7`
 */
export function verifiedUp({ is, seen }: Deployed, wentBack: string): Verified {
  const all = (state: Verified['state'], why = ''): Verified => ({ state, seen: `${seen}${why}`, absence: true });
  if (is === 'up') return all('holds');
  if (is === 'coming') return all('pending');
  return all('broken', is === 'back' ? `; ${wentBack}` : '');
}

/**
 * Holds when what was deployed is up, or what it deployed before is again.
 * @param closes one sentence: why nothing stands where it was put back; absent: an earlier change goes on standing
 */
export function verifiedSettled(now: Deployed, closes?: string): Verified {
  if (now.is === 'up' || now.is === 'elsewhere') return { state: 'holds', seen: now.seen, absence: true };
  const verified = verifiedBack(now);
  if (verified.state !== 'holds') return verified;
  return closes === undefined ? { ...verified, goesOn: true } : { ...verified, closes };
}

/** Holds when all of its tasks are of what it deployed before. */
export function verifiedBack({ is, settled, service, seen }: Deployed): Verified {
  const isBack = is === 'back' && service.rollout !== 'FAILED';
  return { state: !isBack ? 'broken' : settled ? 'holds' : 'pending', seen, absence: true };
}

/** What is said of a service that is left as it is, after its name. */
interface LeftAs {
  readonly up: string;
  readonly back: string;
  readonly elsewhere: string;
}

/** Puts a service back that has not come up within the time that it was watched, and leaves every other as it is. */
export async function putBackUnlessUp(
  { id }: ServiceTarget,
  { is, seen }: Deployed,
  leftAs: LeftAs,
  putBack: () => Promise<Executed>,
): Promise<Executed> {
  const done = (did: string): Executed => ({ kind: 'done', did: `${id}: ${did}` });
  if (is === 'up') return done(`${leftAs.up} (${seen})`);
  if (is === 'back') return done(leftAs.back);
  if (is === 'elsewhere') return done(leftAs.elsewhere);
  return putBack();
}
