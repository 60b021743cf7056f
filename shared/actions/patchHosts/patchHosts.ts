import { type ActionFacts, defineAction } from '../contract.ts';
import { hostCalls, turnOfHost, verifyStatus } from '../targets/containerInstance.ts';
import { activateHost, drainHost, ofCluster, patchHost, patchWait, restoreHost } from './changes.ts';
import { observeHost } from './observe.ts';
import { hostPermissions } from './permissions.ts';
import { closes, patchReversal, planHost, reversal } from './plan.ts';
import { chosenShape, type Observed, type Params, params } from './types.ts';
import { verifyActive, verifyDrained, verifyPatched } from './verify.ts';

const facts: ActionFacts = {
  phase: 'host',
  changes: true,
  destroysEvidence: false,
  needsWorkloadGone: false,
  issuesFreshCredentials: false,
  contains: false,
  // Of a cluster of ECS it empties the host itself; of another, a step before it may.
  needsHostEmpty: true,
};

/** Patches a host: it is emptied first, and takes tasks again afterwards, whatever became of the patch. */
export const patchHosts = defineAction<Params, Observed, 'instance'>({
  name: 'ssm.patch-hosts',
  summary: 'Drain a host, install what its patch baseline lacks, and let it take tasks again',
  targets: ['instance'],
  declines: {
    'managed-instance':
      'it is no EC2 instance, so that no cluster here can be drained of it: patch it where it stands, or with a maintenance window.',
  },
  params,
  example: '- ssm.patch-hosts: { drainTimeoutSeconds: 900, reboot: if-needed }',
  permissions: hostPermissions,
  // A reboot takes away what runs on the host and lies in its memory.
  facts: { ...facts, destroysEvidence: true },
  decisive: ['cluster', 'container', 'registrations', 'ping', 'platform', 'operator', 'protectedBy'],
  restores: ['status'],
  volatile: ['ambiguous', 'connected', 'tasks', 'patches', 'recent', 'failedLately', 'group', 'owner', 'seen'],
  reversal,
  limits: [
    'A patch that is installed is not taken out again, and a reboot ends what ran on the host.',
    'Draining moves tasks of services alone: with a task of no service, or where a service may not have fewer and finds no other place, the host is not emptied in time, takes tasks again and is not patched.',
    'A host that is registered with ECS more than once is asked about, because a drain of one registration leaves the tasks of another there: one is stale after the agent was given another cluster or has lost its state, and whoever has the role of the host may make one.',
    'A host whose ECS agent is not connected is asked about: ECS can neither stop its tasks nor tell when they have ended.',
    'The container images that run there are not patched by this: they are built anew.',
    'The image of an Auto Scaling group stays as it is: a new instance starts without the patches.',
    'Bottlerocket and instances that a service of AWS manages are replaced and not patched; they are left out, with the reason.',
    'What is missing is what the patch baseline of the host says, which may wait some days with a new patch.',
    'After a command of ours that failed, the host is left alone for six hours.',
    'Of a host in another account or Region no event comes back: there each step takes as long as it may, and ends the same.',
  ],
  timeoutSeconds: ({ drainTimeoutSeconds }) => drainTimeoutSeconds,
  observe: (target, _params, context) => observeHost(target, context),
  plan: planHost,
  turn: turnOfHost,
  changedBy: hostCalls,
  intended: (_target, _params, _before, chosen) =>
    chosenShape.parse(chosen).container === null ? {} : { status: 'DRAINING' },
  execute: (target, given, _before, context) => drainHost(target, given, context),
  verify: (target, given, _before, context) => verifyDrained(target, given, context),
  undo: (target, _params, before, context) => restoreHost(target, before, context),
  verifyUndone: (target, _params, before, context) =>
    verifyStatus(target, ofCluster(chosenShape.parse(context.chosen)), before.status, context),
  parts: [
    {
      name: 'patch',
      facts: { ...facts, destroysEvidence: true, contains: true, canWait: true },
      needsEarlier: true,
      reversal: patchReversal,
      timeoutSeconds: patchWait,
      intended: () => ({}),
      execute: (target, given, _before, context) => patchHost(target, given, context),
      verify: (target, _params, _before, context) => verifyPatched(target, context),
    },
    {
      name: 'activate',
      facts: { ...facts, destroysEvidence: true },
      needsEarlier: false,
      reversal: patchReversal,
      closes,
      timeoutSeconds: 360,
      intended: () => ({ status: 'ACTIVE' }),
      execute: (target, _params, _before, context) => activateHost(target, context),
      verify: (target, _params, _before, context) => verifyActive(target, context),
    },
  ],
});
