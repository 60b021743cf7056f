import { clamped } from '../../account/scalableTarget.ts';
import { shortArn } from '../../account/sightings.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import type { Chosen, Observed, Params, ServiceTarget } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo brings back the task definition, the desired count (within what autoscaling allows then) and autoscaling as they were; stopped tasks are gone, and new ones start in their place.',
};

const replacement: UndoPromise = {
  possible: false,
  why: 'A stopped task is gone; its service starts another in its place, as far as it can.',
};

/** What is to be done, or why a person must decide. */
type Way =
  | { readonly how: 'rollback'; readonly clean: NonNullable<Observed['clean']> }
  | { readonly how: 'zero' }
  | { readonly how: 'replace'; readonly because: string }
  | { readonly how: 'hold'; readonly reason: string };

const hold = (reason: string): Way => ({ how: 'hold', reason });

/** Why the service cannot be pointed at another version by us; null when it can. */
function notOurs({ controller }: Observed): string | null {
  if (controller === 'CODE_DEPLOY') {
    return 'CodeDeploy deploys it, so only CodeDeploy can roll it back: stop its deployment there and deploy the version before';
  }
  return controller === 'ECS' ? null : `an external controller deploys it (${controller}): only that can roll it back`;
}

function rollback(observed: Observed): Way {
  if (observed.deploying === 'other') {
    return { how: 'replace', because: 'a deployment of another version is under way, and goes on' };
  }
  const reason = notOurs(observed) ?? (observed.clean === null ? `no clean version: ${observed.whyNotClean}` : null);
  return reason !== null || observed.clean === null ? hold(reason ?? '') : { how: 'rollback', clean: observed.clean };
}

function zero({ scheduling }: Observed, { allowZero }: Params, why: string): Way {
  if (scheduling === 'DAEMON') return hold(`${why}it is a daemon, which has no desired count to set to zero`);
  return allowZero ? { how: 'zero' } : hold(`${why}the rule does not allow zero tasks (allowZero)`);
}

/** What stops an image that replacing tasks would only start again, for whoever is woken. */
function instead({ clean, whyNotClean }: Observed): string {
  if (clean === null) return `zero tasks stop it, or another version; none that is known to be clean (${whyNotClean})`;
  const before = clean.taskDefinition.slice(clean.taskDefinition.lastIndexOf('/') + 1);
  return `its version before, ${before}, ran from ${clean.deployedAt} and is not accused; go back to it (aws ecs update-service --task-definition ${before}), or set the service to zero tasks`;
}

/** Which way a strategy goes for this service and cause. */
function wayOf(observed: Observed, params: Params): Way {
  const { strategy } = params;
  if (strategy === 'zero') return zero(observed, params, '');
  if (observed.cause === 'image' && observed.unfinished) {
    const back = rollback(observed);
    if (back.how === 'rollback') return back;
  }
  if (observed.cause === 'image' && !observed.runsAccused) {
    return { how: 'replace', because: 'it does not run the accused image any more' };
  }
  const byImage = strategy === 'rollback' || strategy === 'rollback-else-zero';
  if (strategy === 'replace-task' && observed.cause === 'image' && observed.deploying !== 'other') {
    return hold(`replace-task would start the accused image again, in new tasks: ${instead(observed)}`);
  }
  if (!byImage && (strategy === 'replace-task' || observed.cause !== 'image')) {
    return { how: 'replace', because: `the cause is ${observed.cause === 'image' ? 'the image' : observed.cause}` };
  }
  if (byImage && observed.cause !== 'image') {
    return { how: 'replace', because: `the cause is ${observed.cause}, so that no version is known to be clean` };
  }
  const back = rollback(observed);
  if (back.how !== 'hold') return back;
  return strategy === 'rollback-else-zero' || params.allowZero ? zero(observed, params, `${back.reason}; `) : back;
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const share = (count: number, percent: number): number => Math.ceil((count * percent) / 100);

function planRollback(
  { id, arn }: ServiceTarget,
  { minHealthyPercent }: Params,
  observed: Observed,
  clean: NonNullable<Observed['clean']>,
): Planned {
  const { desired, affected, live, healthy, scheduling, scaling, pulledUntil, pullingSince } = observed;
  const held = share(desired, minHealthyPercent ?? observed.minimumHealthyPercent);
  const full = clamped(desired, scaling);
  const pinned = Object.keys(clean.pins).length > 0;
  const chosen: Chosen = {
    how: 'rollback',
    passes: [...new Set([...clean.roles, ...observed.roles])].sort(),
    from: { taskDefinition: observed.taskDefinition, pins: observed.pins },
    clean: { ...clean, roles: [...clean.roles] },
    heldCount: held,
    fullCount: full,
  };
  const to = `${shortArn(clean.taskDefinition)}, which it ran from ${clean.deployedAt}`;
  const copy = pinned ? ' (in a copy that names its images by digest, because their tags have moved)' : '';
  const count = scheduling === 'DAEMON' ? '' : `, hold it at ${held} of ${plural(desired, 'task')}`;
  const scaled = scaling === null ? '' : ', suspend its autoscaling';
  return {
    kind: 'step',
    sentence: `Point service ${id} back at ${to}${copy}${count}${scaled} and stop ${plural(affected.length, 'affected task')}.`,
    afterwards: {
      start: `Start service ${id} in full on its clean version${scaling === null ? '' : ', with its autoscaling as it was'}.`,
    },
    undo: reversal,
    chosen,
    // Clean tasks take the place of those that stop; a daemon has one on every host.
    leavesHealthy: { count: scheduling === 'DAEMON' ? desired : Math.max(healthy, held), of: desired },
    // All of them: one that starts and has not pulled its image yet may be of the accused version, and is not verified until it is gone.
    leaves: { arns: [arn, ...live], pulledUntil, pullingSince },
  };
}

function planReplace({ id }: ServiceTarget, params: Params, observed: Observed, because: string): Planned {
  const { affected, healthy, desired, pulledUntil, pullingSince, seen } = observed;
  const least = share(desired, params.minHealthyPercent ?? 0);
  if (healthy < least) {
    const reason = `${id}: without the ${plural(affected.length, 'affected task')} ${healthy} of ${desired} would be healthy, less than ${params.minHealthyPercent}%`;
    return { kind: 'hold', reason, seen };
  }
  const chosen: Chosen = { how: 'replace', fullCount: desired };
  return {
    kind: 'step',
    sentence: `Stop ${plural(affected.length, 'affected task')} of service ${id}, which starts new ones of the same version (${because}).`,
    afterwards: { start: `See service ${id} back at ${plural(desired, 'task')}.` },
    undo: replacement,
    chosen,
    sparing: healthy > 0,
    leavesHealthy: { count: healthy, of: desired },
    // They go, and others of the same version come.
    leaves: { arns: affected, pulledUntil, pullingSince },
  };
}

/** Pure: what to do about one service. */
export function planService(target: ServiceTarget, params: Params, observed: Observed): Planned {
  const { cause, affected, live, pulledUntil, pullingSince, seen } = observed;
  const held = (reason: string): Planned => ({ kind: 'hold', reason: `${target.id}: ${reason}`, seen });
  if (cause === null) return held('no finding says that anybody is at work in it');
  const way = wayOf(observed, params);
  if (affected.length === 0 && !(cause === 'image' && observed.runsAccused)) {
    return { kind: 'skip', reason: `none of the ${plural(live.length, 'task')} of ${target.id} is affected any more` };
  }
  switch (way.how) {
    case 'hold':
      return held(way.reason);
    case 'rollback':
      return planRollback(target, params, observed, way.clean);
    case 'zero':
      return {
        kind: 'step',
        sentence: `Set service ${target.id} to zero tasks${observed.scaling === null ? '' : ', its autoscaling suspended with a minimum of 0'}, and stop ${plural(live.length, 'task')}.`,
        undo: reversal,
        chosen: { how: 'zero' } satisfies Chosen,
        leavesHealthy: { count: 0, of: observed.desired },
        // The service itself still is what it was: whoever asks for tasks again starts the accused version.
        leaves: { arns: live, pulledUntil, pullingSince },
      };
    case 'replace':
      return planReplace(target, params, observed, way.because);
  }
}
