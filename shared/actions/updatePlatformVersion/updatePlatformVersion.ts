import { defineAction } from '../contract.ts';
import { deployFacts, putBackFacts } from '../facts.ts';
import { fitted, readsDeployed, serviceArn } from '../targets/deployPermissions.ts';
import { clusterOf } from '../targets/ecsTarget.ts';
import { serviceCalls } from '../targets/serviceCalls.ts';
import { pinAgain, settlePlatform, updatePlatform } from './changes.ts';
import { observePlatform } from './observe.ts';
import { planPlatform, reversal } from './plan.ts';
import { verifyPinned, verifySettled, verifyUpdated } from './readNow.ts';
import { type Observed, type Params, params } from './types.ts';
import { LATEST } from './versions.ts';

/** Has a service follow the platform version of Fargate that AWS recommends: to its tasks it is what patches are to a host. */
export const updatePlatformVersion = defineAction<Params, Observed, 'ecs-service'>({
  name: 'ecs.update-platform-version',
  summary: 'Deploy a service on the latest platform version of Fargate',
  targets: ['ecs-service'],
  params,
  example: '- ecs.update-platform-version: { latestLinuxVersion: 1.4.0 }',
  permissions: (target) => {
    const place = clusterOf(target);
    return fitted({
      read: readsDeployed(place, target.service),
      write: [{ action: 'ecs:UpdateService', resource: serviceArn(place, target.service) }],
    });
  },
  facts: deployFacts,
  decisive: ['protectedBy', 'launch', 'controller', 'deploying', 'against'],
  restores: ['version'],
  volatile: [
    ...(['platformFamily', 'runsOn', 'primary', 'definition', 'desired', 'running'] as const),
    ...(['minimumHealthyPercent', 'owner', 'seen'] as const),
  ],
  reversal,
  limits: [
    'Your own code still pins the version: the next deployment of a pipeline brings it back, until it is changed there too.',
    'No call of AWS says what LATEST stands for: the rule does (`latestLinuxVersion`, `latestWindowsVersion`). A service on LATEST is deployed anew only where a task of it runs on an older one.',
    'AWS starts no task on a version that it has retired (of Linux all before 1.4.0): a service that had one cannot go back, neither by an undo nor where its new tasks do not come up.',
    'AWS patches a version by revisions of it, which have no number: a task that runs long may be on an old one, and AWS retires such tasks itself.',
    'Tasks without a service, and those that EventBridge Scheduler, Step Functions or CodeDeploy start, have a platform version of their own, and keep it.',
    'A deployment looks the tags of images up anew: where one has moved, the service is left to a person.',
    'Whether an application comes up is seen, and it is put back when it does not, after 20 minutes at the latest; what fails later, when it is used, is not seen.',
  ],
  timeoutSeconds: 330,
  observe: observePlatform,
  plan: planPlatform,
  changedBy: serviceCalls,
  intended: () => ({ version: LATEST }),
  execute: updatePlatform,
  verify: verifyUpdated,
  undo: pinAgain,
  verifyUndone: verifyPinned,
  parts: [
    {
      name: 'settle',
      facts: putBackFacts,
      needsEarlier: false,
      intended: () => ({}),
      execute: settlePlatform,
      verify: verifySettled,
    },
  ],
});
