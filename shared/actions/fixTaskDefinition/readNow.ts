import { namedFailure } from '../../account/awsFailure.ts';
import { describeLive, type ServiceState, serviceState } from '../../account/ecsService.ts';
import { readServiceTasks } from '../../account/ecsTasks.ts';
import { readsWith } from '../../account/reads.ts';
import { shortArn } from '../../account/sightings.ts';
import { readWholeDefinition } from '../../account/wholeDefinition.ts';
import type { ReadContext } from '../contract.ts';
import { lastWords, type ServiceTarget } from '../targets/serviceTarget.ts';
import { differsInFixesAlone, hardeningOf, mended, sameHardening } from './hardening.ts';
import { type Before, chosenShape, type Params, putBy } from './types.ts';

/** What has become of a service that was pointed at a copy. */
export interface Now {
  /**
   * `up`: all of its tasks run the copy, as many as are wanted. `coming`: on its way there. `failed`: the copy does not come up. `back`: it deploys
   * the revision that it ran before, `settled` or not. `elsewhere`: somebody has deployed something else.
   */
  readonly is: 'up' | 'coming' | 'failed' | 'back' | 'elsewhere';
  /** All tasks that run are of what it deploys, as many as are wanted, and the deployment is over. */
  readonly settled: boolean;
  readonly service: ServiceState;
  readonly seen: string;
}

/** Of so many tasks that have failed a circuit breaker of ECS would say so (developer guide, "deployment circuit breaker", "Failure threshold"). */
const failuresOf = (desired: number): number => Math.min(200, Math.max(3, Math.ceil(desired / 2)));

/** Reads what the service deploys and what its tasks run. Throws TargetGone, Throttled or ActionFailed. */
export async function readNow(
  target: ServiceTarget,
  given: Params,
  before: Before,
  context: ReadContext,
): Promise<Now> {
  const { cluster, service: name } = target;
  const read = readsWith(context.aws);
  try {
    const described = await describeLive(read, cluster, name);
    const service = await serviceState(read, described);
    const { live } = await readServiceTasks(read, cluster, name);
    const failed = described.deployments?.find(({ status }) => status === 'PRIMARY')?.failedTasks ?? 0;
    const others = live.filter(({ taskDefinition }) => taskDefinition !== service.taskDefinition).length;
    const healthy = live.filter((task) => task.healthy && task.taskDefinition === service.taskDefinition).length;
    const settled = service.rollout === 'COMPLETED' && others === 0 && healthy >= service.desired;
    const seen = `${healthy} of ${service.desired} tasks healthy on ${shortArn(service.taskDefinition)}, ${others} on another revision, deployment ${service.rollout}`;
    const tell = (is: Now['is'], more = ''): Now => ({ is, settled, service, seen: `${seen}${more}` });
    if (service.taskDefinition === before.definition) return tell('back', settled ? '' : lastWords(service));
    if (!(await isCopy())) return tell('elsewhere', '; that is no copy that Firebreak registered');
    if (service.rollout === 'FAILED') return tell('failed', lastWords(service));
    if (!settled && failed >= failuresOf(service.desired)) {
      return tell('failed', `; ${failed} of its tasks did not come up${lastWords(service)}`);
    }
    return settled ? tell('up') : tell('coming', lastWords(service));

    /** The revision is asked for itself: that it was registered with what is mended says nothing of what is deployed. */
    async function isCopy(): Promise<boolean> {
      const now = (await readWholeDefinition(read, service.taskDefinition)).definition;
      const was = (await readWholeDefinition(read, before.definition)).definition;
      const chosen = chosenShape.parse(context.chosen);
      const put = putBy(given, chosen);
      const to = mended(before.hardening, chosen.fixes, put);
      return differsInFixesAlone(was, now, put.references) && sameHardening(hardeningOf(now), to);
    }
  } catch (error) {
    throw namedFailure(error, `Reading service ${target.id} back`);
  }
}
