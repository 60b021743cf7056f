import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const proven = provenBy('test/actions/hostRegistrations.test.ts', 'shared/actions/');

/** What keeps a host from being emptied by one of its registrations, and rebooted under the tasks of another. */
export const registrationChecks: readonly RemovedCheck[] = [
  proven(
    'patchHosts/plan.ts',
    '  if (ambiguous !== null) return ambiguous;\n',
    '',
    'asks a person, and names both',
    'the stale registration of a host is emptied, and its tasks end with the reboot',
  ),
  proven(
    'patchHosts/patchHosts.ts',
    "'container', 'registrations', 'ping'",
    "'container', 'ping'",
    'is decided again where one comes',
    'a registration that comes after the plan is not seen before a host is emptied for its patch',
  ),
  proven(
    'patchHosts/changes.ts',
    '    await refuseRegisteredElse(readsWith(context.aws), id, container);\n',
    '',
    'registered anew while it was drained',
    'a host is rebooted under the tasks of a registration that came while it was emptied',
  ),
  {
    file: 'shared/actions/patchHosts/plan.ts',
    text: 'if (connected === false) {',
    replacement: 'if (connected === undefined) {',
    test: 'test/actions/patchHosts.test.ts',
    name: 'no agent of ECS',
    why: 'a host is emptied and rebooted whose tasks ECS can neither stop nor count',
  },
  proven(
    'drainHost/plan.ts',
    "  if (ambiguous !== null) return { kind: 'hold', reason: ambiguous, seen };\n",
    '',
    'asks a person, and names both',
    'a host counts as drained by a registration of it that is stale',
  ),
  proven(
    'drainHost/drainHost.ts',
    "'container', 'registrations', 'operator'",
    "'container', 'operator'",
    'is decided again where one comes',
    'a registration that comes after the plan is not seen before a host is emptied',
  ),
  proven(
    'targets/hostRegistrations.ts',
    'hosts.find((one) => arnOf(one) === container) ?? hosts[0]',
    'hosts[0]',
    'sees the one that was chosen',
    'an undo looks at another registration than the one that was drained',
  ),
  proven(
    'targets/hostRegistrations.ts',
    "found.filter(({ instance }) => instance.status !== 'INACTIVE');",
    'found.slice();',
    'goes on where the other one is not a host any more',
    'a host is held for a registration that is over',
  ),
  proven(
    'targets/hostRegistrations.ts',
    'arnOf(one) !== container &&',
    'container !== null && arnOf(one) !== container &&',
    'of no cluster that has become one',
    'a host that has become one of a cluster is rebooted under its tasks',
  ),
];
