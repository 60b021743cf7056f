import { defineAction } from '../contract.ts';
import { serviceCalls } from '../targets/serviceCalls.ts';
import { restoreService, startService, stopService } from './changes.ts';
import { countOf } from './count.ts';
import { observeService } from './observe.ts';
import { servicePermissions } from './permissions.ts';
import { planService, reversal } from './plan.ts';
import { releaseService } from './release.ts';
import { chosenShape, type Observed, type Params, params } from './types.ts';
import { verifyRestored, verifyStarted, verifyStopped } from './verify.ts';

/** Puts an attacker out of a service: what is accused stops, and what is clean runs. */
export const containService = defineAction<Params, Observed, 'ecs-service'>({
  name: 'ecs.contain-service',
  summary: 'Stop the affected tasks of a service, and run its clean version where the image is to blame',
  targets: ['ecs-service'],
  params,
  // Of a task that is to blame by itself, the task; what came with the image would only start again.
  minimum: (params) => ({ ...params, strategy: 'replace-task' }),
  example: '- ecs.contain-service: { strategy: by-cause, allowZero: true }',
  permissions: servicePermissions,
  facts: {
    phase: 'workload',
    changes: true,
    // A stopped task takes its file system, its memory and its tags with it.
    destroysEvidence: true,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: true,
  },
  decisive: ['controller', 'scheduling', 'clean', 'deploying', 'cause', 'protectedBy'],
  restores: ['taskDefinition', 'version', 'count', 'scaling', 'breaker'],
  volatile: [
    'runsAccused',
    'unfinished',
    'whyNotClean',
    'roles',
    'pins',
    'desired',
    'minimumHealthyPercent',
    'healthy',
    'affected',
    'live',
    'pulledUntil',
    'pullingSince',
    'owner',
    'seen',
  ],
  reversal,
  limits: [
    'A task on Fargate cannot be cut off the network by itself, so it is stopped: its memory and file system are lost.',
    'Whoever took credentials from a task can use them until they expire; the message names the role.',
    'A clean version is one that this service ran within the last 90 days: ECS keeps no older deployments.',
    'Blue/green, linear and canary deployments of ECS go back in their own time: the affected tasks are stopped at once, the clean ones get traffic when the deployment gives it to them.',
    'Whoever deploys again (a pipeline, CloudFormation, Terraform) can bring the accused version back; archiving its image prevents that.',
    'Of a service that CodeDeploy or an external controller deploys ECS keeps no deployments: whether its image is to blame is never known by the time of a deployment, and it is not rolled back.',
  ],
  timeoutSeconds: 330,
  observe: observeService,
  plan: (target, given, observed) => planService(target, given, observed),
  changedBy: serviceCalls,
  intended: (_target, _params, before, chosen) => {
    const way = chosenShape.parse(chosen);
    const suspended = { in: true, out: true, scheduled: true };
    const { scaling } = before;
    if (way.how === 'replace') return {};
    if (way.how === 'zero') {
      return {
        count: countOf(0, null, before),
        ...(scaling === null ? {} : { scaling: { ...scaling, min: 0, suspended } }),
      };
    }
    const pinned = Object.keys(way.clean.pins).length > 0;
    return {
      version: { ...before.version, ...way.clean.digests },
      ...(pinned ? {} : { taskDefinition: way.clean.taskDefinition }),
      ...(before.scheduling === 'DAEMON' ? {} : { count: countOf(way.heldCount, null, before) }),
      ...(scaling === null ? {} : { scaling: { ...scaling, suspended } }),
      ...(before.breaker?.rollback === true ? { breaker: { enable: true, rollback: false } } : {}),
    };
  },
  execute: (target, _params, before, context) => stopService(target, before, context),
  verify: (target, _params, before, context) => verifyStopped(target, before, context),
  undo: (target, _params, before, context) => restoreService(target, before, context),
  verifyUndone: (target, _params, before, context) => verifyRestored(target, before, context),
  release: releaseService,
  parts: [
    {
      name: 'start',
      needsEarlier: true,
      facts: {
        phase: 'start',
        changes: true,
        destroysEvidence: false,
        needsWorkloadGone: false,
        issuesFreshCredentials: true,
        contains: false,
      },
      intended: (_target, _params, before, chosen) => {
        const way = chosenShape.parse(chosen);
        if (way.how !== 'rollback') return {};
        return {
          ...(before.scheduling === 'DAEMON'
            ? {}
            : { count: before.count === 'autoscaled' ? before.count : way.fullCount }),
          ...(before.scaling === null ? {} : { scaling: before.scaling }),
        };
      },
      execute: (target, _params, before, context) => startService(target, before, context),
      verify: (target, _params, before, context) => verifyStarted(target, before, context),
    },
  ],
});
