import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const test = 'test/respond/accusedHosts.test.ts';
const read = provenBy(test, 'shared/actions/targets/');
const asked = provenBy(test, 'shared/respond/');
const seen = provenBy('test/finding/threatInside.test.ts', 'shared/finding/threatFinding/');

/** What keeps the workload of a pod from being stopped that nobody was in, and the one that somebody was in from being missed. */
export const hostChecks: readonly RemovedCheck[] = [
  read(
    'hostPod.ts',
    'holder !== undefined && holders.length === 1',
    'holder !== undefined',
    'alone had the address',
    'of two pods that had an address the first is stopped, whichever it was',
  ),
  read(
    'hostPod.ts',
    'spec?.hostNetwork === true || ',
    '',
    'had the address of its own',
    'a pod in the network of its host is stopped for whatever is seen at the address of the host',
  ),
  read(
    'hostPod.ts',
    'startTime.getTime() <= seen && ',
    '',
    'one was started later',
    'a pod is stopped for what the one did that had its address before',
  ),
  read(
    'hostPod.ts',
    " && (typeof end !== 'number' || end >= seen)",
    '',
    'it ended before',
    'a workload is stopped for what another pod did that has the address of its ended one',
  ),
  read(
    'hostPod.ts',
    "if (endOf(holder) === 'unknown')",
    'if (endOf(holder) === 0)',
    'it ended, nobody says when',
    'a workload is stopped for what another pod did that may have the address of its evicted one',
  ),
  read(
    'hostPod.ts',
    'id.length >= shownOfId && ',
    '',
    'by a short id',
    'a pod is stopped whose container has an id that begins alike',
  ),
  read(
    'hostPod.ts',
    '[containerID, state?.terminated?.containerID, lastState?.terminated?.containerID]',
    '[containerID]',
    'the container that ran before this one',
    'a pod whose container was started again since passes for gone',
  ),
  read(
    'hostPod.ts',
    'fieldSelector: `spec.nodeName=${node}`',
    "fieldSelector: ''",
    'on whichever page it is listed',
    'a pod of another node is looked at: addresses of pods are its node’s own with some network plugins',
  ),
  asked(
    'accusedHosts.ts',
    "if (!asked.some(({ targets }) => targets.includes('pod'))) return null;",
    '',
    'where no rule asks for anything about pods',
    'a cluster is asked of which nobody wants anything',
  ),
  asked(
    'accusedHosts.ts',
    "if (wanted === 'contained') unsure.add(text);\n      else ",
    '',
    'somebody is asked where it is to be contained',
    'nobody is woken where a pod is to be stopped and the cluster does not say which',
  ),
  asked(
    'accusedHosts.ts',
    " && !contains('instance')",
    '',
    'and told where not',
    'somebody is woken for a pod of a host that is cut off',
  ),
  asked(
    'accusedHosts.ts',
    '(remembered(await before(), finding) ?? asked)',
    'asked',
    'is the one that it knew',
    'somebody is woken again because the pod that was stopped is not there any more',
  ),
  asked(
    'accusedHosts.ts',
    ' && one.host === resource.id',
    '',
    'is the one that it knew',
    'the pod of one host is taken for that of another with the same address',
  ),
  asked(
    'accusedRoles.ts',
    '[...new Set([...seen.roles, ...roles])]',
    '[...roles]',
    'the role of the pod beside that of the node',
    'the role of the node is told as not taken: somebody in a pod may have had it',
  ),
  asked(
    'accusedRoles.ts',
    '[...(seen.roleTargets ?? []), ...targets]',
    '[...targets]',
    'the role of the pod beside that of the node',
    'the sessions of one of the two roles are left as they are',
  ),
  seen(
    'seen.ts',
    "if (!ofHost.includes(resource['resourceType'])) return {};",
    '',
    'says nothing of',
    'the address of a task is taken for one of a pod',
  ),
];
