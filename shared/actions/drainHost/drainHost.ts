import { defineAction } from '../contract.ts';
import { hostCalls, turnOfHost, verifyStatus } from '../targets/containerInstance.ts';
import { activate, drain } from './changes.ts';
import { observeHost } from './observe.ts';
import { hostPermissions } from './permissions.ts';
import { planDrain, reversal } from './plan.ts';
import { chosenShape, type Observed, type Params, params } from './types.ts';
import { verifyDrained } from './verify.ts';

/** Empties a host of an ECS cluster, as the limits of its services allow: before it is replaced. */
export const drainHost = defineAction<Params, Observed, 'instance'>({
  name: 'ecs.drain-host',
  summary: 'Drain the ECS container instance that a host is, so that its services run elsewhere',
  targets: ['instance'],
  params,
  example: '- ecs.drain-host: { drainTimeoutSeconds: 900, standaloneTasks: hold }',
  permissions: hostPermissions,
  facts: {
    phase: 'host',
    changes: true,
    // What a task has in its memory and in its own file system ends with it.
    destroysEvidence: true,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    emptiesHost: true,
    contains: false,
  },
  decisive: ['cluster', 'container', 'registrations', 'operator', 'protectedBy'],
  restores: ['status'],
  volatile: ['ambiguous', 'connected', 'services', 'alone', 'others', 'hosts', 'group', 'provider', 'owner', 'seen'],
  reversal,
  limits: [
    'It contains nobody: a bad image starts elsewhere, and until ECS has stopped a task it goes on and may call out, as may whoever is on the host. A run that does nothing else about a threat ends as not contained.',
    'A task of no service is never stopped: it is left and told, waited for, or asked about, as standaloneTasks says.',
    'A service whose limits allow neither fewer nor more tasks (minimum and maximum 100 %) would keep the host from ever being empty: then a person is asked. So it is where no other host takes tasks, or none has room for a task.',
    'Whether all tasks find a place is for the scheduler of ECS to know: constraints, ports and the tasks of other services are not computed. What is there after drainTimeoutSeconds is told, and ECS goes on with it.',
    'A task that is protected from scale-in stays until its protection ends.',
    'A host whose agent is not connected is asked about: ECS cannot stop its tasks. One that ec2.isolate cuts off is so.',
    'A host that is registered with ECS more than once is asked about, because a drain of one registration leaves the tasks of another there: one is stale after the agent was given another cluster or has lost its state, and whoever has the role of the host may make one.',
    'With ssm.patch-hosts in the same plan the drain is left to that, which lets the host take tasks again when it is patched; what keeps the host from being drained holds both.',
    'Whether managed scaling of a capacity provider is on is not read: of one with a provider it is not asked whether there is room, and it may be terminated once it is empty.',
    'On a Spot Instance that is interrupted there are two minutes for all of it.',
    'Of a host in another account or Region no event comes back: there a step takes as long as it may, and ends the same.',
  ],
  timeoutSeconds: ({ drainTimeoutSeconds }) => drainTimeoutSeconds,
  observe: (target, _params, context) => observeHost(target, context),
  plan: planDrain,
  turn: turnOfHost,
  changedBy: hostCalls,
  intended: () => ({ status: 'DRAINING' }),
  execute: (target, given, _before, context) => drain(target, given, context),
  verify: (target, given, _before, context) => verifyDrained(target, given, context),
  undo: (target, _params, before, context) => activate(target, before, context),
  verifyUndone: (target, _params, before, context) =>
    verifyStatus(target, chosenShape.parse(context.chosen), before.status, context),
});
