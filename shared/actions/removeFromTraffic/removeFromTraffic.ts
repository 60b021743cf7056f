import type { Json, JsonObject } from '../../platform/json.ts';
import { type ChangingCall, textAt } from '../changingCall.ts';
import { defineAction } from '../contract.ts';
import { putBack, takeOut, verifyBack, verifyOut } from './changes.ts';
import { observeTask } from './observe.ts';
import { trafficPermissions } from './permissions.ts';
import { planRemoval, reversal } from './plan.ts';
import { type Address, chosenShape, type Observed, type Params, params } from './types.ts';

/** Takes one task out of the target groups of its service: it gets no new requests while it is looked at, and before it is stopped. */
export const removeFromTraffic = defineAction<Params, Observed, 'ecs-task'>({
  name: 'ecs.remove-from-traffic',
  summary: 'Take one task out of the target groups of its service',
  targets: ['ecs-task'],
  params,
  example: '- ecs.remove-from-traffic',
  permissions: trafficPermissions,
  facts: {
    phase: 'traffic',
    changes: true,
    destroysEvidence: false,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: false,
  },
  decisive: ['service', 'protectedBy'],
  restores: ['targets'],
  volatile: ['state', 'addresses', 'drainSeconds', 'reachedBy', 'others', 'desired', 'owner', 'seen'],
  reversal,
  limits: [
    'It contains nothing by itself: what runs in the task goes on, and may call out. A run that does nothing else about a threat ends as not contained.',
    'Requests that the task has already go on until they are answered, or until the deregistration delay of the target group is over (300 s unless it was set).',
    'AWS does not say what ECS does with a task that runs and is no target any more; it was seen to register it again. That is read back and told; what ends it is that the task is stopped.',
    'Out of AWS Cloud Map, Service Connect, VPC Lattice and a Classic Load Balancer one task cannot be taken: that is told with the reason.',
    'Target groups that the service does not name, with which somebody else has registered the task, are not known.',
    'IAM scopes the call to a target group and not to a target of it: which one is taken out the step bounds, which names one address and port.',
    'The last healthy target of a group stays, and is held for a person.',
  ],
  timeoutSeconds: 330,
  observe: observeTask,
  plan: planRemoval,
  changedBy: (_target, { addresses }) => [registering(Object.values(addresses as Observed['addresses']))],
  intended: (_target, _params, { targets }, chosen) => {
    const { success, data } = chosenShape.safeParse(chosen);
    const out = success ? data.targets.filter(({ name }) => Object.hasOwn(targets, name)) : [];
    return { targets: { ...targets, ...Object.fromEntries(out.map(({ name }) => [name, false])) } };
  },
  execute: takeOut,
  verify: verifyOut,
  undo: putBack,
  verifyUndone: verifyBack,
});

const listAt = (json: JsonObject, name: string): readonly Json[] => {
  const found = json[name];
  return Array.isArray(found) ? (found as readonly Json[]) : [];
};

/** Of one of these targets: ECS may have made it as well as a person. */
const registering = (addresses: readonly Address[]): ChangingCall => ({
  eventName: 'RegisterTargets',
  eventSource: 'elasticloadbalancing.amazonaws.com',
  isOn: (asked) =>
    addresses.some(
      ({ group, id }) =>
        textAt(asked, 'targetGroupArn') === group &&
        listAt(asked, 'targets').some((one) => textAt(one as JsonObject, 'id') === id),
    ),
});
