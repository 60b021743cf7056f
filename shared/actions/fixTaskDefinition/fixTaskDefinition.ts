import { defineAction } from '../contract.ts';
import { deployFacts, putBackFacts } from '../facts.ts';
import { serviceCalls } from '../targets/serviceCalls.ts';
import { deployCopy, restoreService, settleService } from './changes.ts';
import { mended } from './hardening.ts';
import { observeDefinition } from './observe.ts';
import { fixPermissions } from './permissions.ts';
import { planFix, reversal } from './plan.ts';
import { chosenShape, type Observed, type Params, params, putBy } from './types.ts';
import { verifyDeployed, verifyRestored, verifySettled } from './verify.ts';

/** Deploys a service with a copy of its task definition in which only that is otherwise which a rule of AWS Config has found. */
export const fixTaskDefinition = defineAction<Params, Observed, 'ecs-service'>({
  name: 'ecs.fix-task-definition',
  summary: 'Deploy a service with a copy of its task definition that AWS Config has nothing against',
  targets: ['ecs-service'],
  params,
  example: '- ecs.fix-task-definition: { user: "1000:1000", logGroup: /ecs/hardened }',
  permissions: fixPermissions,
  facts: deployFacts,
  decisive: ['protectedBy', 'controller', 'scheduling', 'deploying', 'asked', 'against', 'routing', 'moves'],
  restores: ['definition', 'hardening'],
  volatile: [
    ...(['runs', 'more', 'stood', 'given', 'networkMode', 'canLog', 'version', 'roles', 'desired', 'running'] as const),
    ...(['minimumHealthyPercent', 'owner', 'seen'] as const),
  ],
  reversal,
  limits: [
    'Your own code still says what the definition said: the next deployment of a pipeline brings it back, until it is changed there too.',
    'Whether an application comes up without what is taken from it is seen only when it is deployed: it is put back when it does not, after 20 minutes at the latest; what fails later, when it is used, is not seen.',
    'AWS Config evaluates the latest revision of a family alone: it calls a copy compliant as soon as it is registered, and stays so when the service was put back. The copy is not deregistered: that permission cannot be narrowed to one family.',
    'A root file system that is read only gets no volume to write to: a program that needs one does not come up.',
    'The log group must be there, and the execution role must be allowed to write to it.',
    'What a log router (FireLens) needs for its output, the task role must be allowed to do: that cannot be known of every output, and a router that may not send stops no task. Its own log says so.',
    'A log router runs as user 24224 unless the rule says otherwise, and no other container of the task may: on a host of your own that needs ECS agent 1.96.0. The port at which it listens, 24224, must not be open in the security groups of the task.',
    'A value in plain text that is given from a secret instead is leaked all the same, and stays in the revision before, which an undo deploys again: have it refused where it was taken. No value is read, so that the secret has a new one is known by the date of its version alone (whether it differs from the old one, nobody of us knows), and whether it has the key that is named, once a task starts.',
    'Whether the execution role may read a secret is what its own policies and its boundary say: a policy of the secret, of its key or of the organisation may say otherwise, and then no task of the copy comes up.',
    'An image of another registry that is named by a tag is looked up anew: what the tag stands for by then is started.',
    'What is started by EventBridge Scheduler, Step Functions or by hand from the revision is not changed, and what a rule of EventBridge starts is told.',
  ],
  timeoutSeconds: 330,
  declines: {
    'ecs-task-definition': 'no service is known to run a revision of that family.',
  },
  observe: observeDefinition,
  plan: (target, _params, observed) => planFix(target, observed),
  asksMore: ({ more }) => more.length > 0,
  changedBy: serviceCalls,
  intended: (_target, given, before, chosen) => {
    const way = chosenShape.parse(chosen);
    return { definition: before.definition, hardening: mended(before.hardening, way.fixes, putBy(given, way)) };
  },
  execute: deployCopy,
  verify: verifyDeployed,
  undo: restoreService,
  verifyUndone: verifyRestored,
  parts: [
    {
      name: 'settle',
      facts: putBackFacts,
      needsEarlier: false,
      intended: () => ({}),
      execute: settleService,
      verify: verifySettled,
    },
  ],
});
