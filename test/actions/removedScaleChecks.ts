import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/actions/scaleWorkload.test.ts', 'shared/actions/');
const scales = 'scaleWorkload.ts';
const target = 'targets/podTarget.ts';

const back = provenBy('test/actions/scaleWorkloadBack.test.ts', 'shared/actions/');
const byOwner = provenBy('test/actions/scaleWorkloadOwner.test.ts', 'shared/actions/');
const named = 'whoever may start a pod has another workload stopped that it names as its owner';

/** What keeps a workload from being stopped that must not be, or only in our belief. */
export const scaleChecks: readonly RemovedCheck[] = [
  check(
    scales,
    "if (ofTheCluster.test(target.namespace ?? ''))",
    'if (target.namespace === null)',
    'about what is in kube-system',
    'a finding in kube-system takes the cluster itself down',
  ),
  check(
    scales,
    'if (gone && replicas !== 0)',
    'if (gone && replicas === -1)',
    'the accused pod is gone, and others of it run',
    'whoever can start a pod has a workload stopped whose name it bears',
  ),
  check(
    scales,
    "replicas === 0 && pods.length === 0 ? 'holds'",
    "replicas === 0 ? 'holds'",
    'pending while one pod is left',
    'a pod that still runs is told as stopped',
  ),
  check(
    scales,
    "replicas === 0 && pods.length === 0 ? 'holds'",
    "pods.length === 0 ? 'holds'",
    'pending while one pod is left',
    'a workload that was raised again is told as stopped',
  ),
  back(
    scales,
    'if (ready >= meant)',
    'if (ready >= 0)',
    'is pending while fewer are ready',
    'a service that does not come up again is told as undone, and nobody looks',
  ),
  back(
    scales,
    'begunAt === undefined || clock.now().getTime() - Date.parse(begunAt) < startsWithinMs',
    'begunAt === undefined',
    'is pending while fewer are ready',
    'pods that are on their way are told as missing',
  ),
  back(
    scales,
    'if (replicas !== meant)',
    'if (replicas === -1)',
    'somebody else has set',
    'a workload that somebody has scaled down is told as put back',
  ),
  check(
    scales,
    'target.cluster, context, before.pods)',
    'target.cluster, context)',
    'runs on under other labels',
    'a pod that took its labels off runs on, and is told as stopped',
  ),
  check(
    target,
    'if (wanted.length === 0 || matchExpressions.length > 0)',
    'if (wanted.length === -1)',
    'chosen by more than labels',
    'pods that are chosen otherwise are not seen, and told as stopped',
  ),
  check(
    target,
    "if (error instanceof Error && error.name === 'ClusterUnreachable')",
    "if (error instanceof Error && error.name === '')",
    'says why the cluster could not be asked',
    'nobody is told why a cluster was not asked',
  ),
  check(
    target,
    '} while (_continue);',
    '} while (_continue === null);',
    'has the pods of all pages',
    'a pod on the second page runs on, and is told as stopped',
  ),
  check(
    target,
    'owners?.find(({ controller }) => controller === true)',
    'owners?.[0]',
    'owned, but by no controller',
    'what a pod names as its owner by itself is stopped',
  ),
  check(
    target,
    'if (name === cluster && itsRegion === region && itsAccount === account)',
    'if (name !== undefined)',
    'is nothing for what is no cluster of the target',
    'an event widens a session to the clusters of others',
  ),
  byOwner(target, 'says !== null && says.uid !== metadata?.uid', 'says === undefined', 'another replica set', named),
  byOwner(target, 'if (uid !== own)', 'if (own === null)', 'another stateful set', named),
  byOwner(target, "kind === wanted && apiVersion.startsWith('apps/')", 'kind === wanted', 'a kind of others', named),
  byOwner(target, 'pods.includes(pod) || !all.includes(pod)', 'uid !== pod', 'what does not choose it', named),
];
