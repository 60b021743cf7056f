import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/platform/kubernetes.test.ts', 'shared/platform/sdk/');
const file = 'kubernetes.ts';

/** What keeps a token from whom it is not for. */
export const kubernetesChecks: readonly RemovedCheck[] = [
  check(
    file,
    "if (url.protocol !== 'https:' && url.hostname !== '127.0.0.1')",
    "if (url.protocol === 'none:')",
    'is not asked where it is not HTTPS',
    'a token goes over the wire for anybody to read',
  ),
  check(
    file,
    'ca === undefined ? options : { ...options, ca }',
    'ca === undefined ? options : { ...options, rejectUnauthorized: false }',
    'is held against another',
    'a token goes to whoever answers at the address of a cluster',
  ),
  check(
    file,
    "headers: { host: hostname, 'x-k8s-aws-id': cluster }",
    'headers: { host: hostname }',
    'bound to the cluster',
    'a token for one cluster opens another',
  ),
  check(
    file,
    'if (resourcesVpcConfig?.endpointPublicAccess === false)',
    'if (resourcesVpcConfig === null)',
    'reached from its VPC alone',
    'a cluster that cannot be reached is waited for until the step is over, and nobody is told why',
  ),
  check(
    file,
    'if (status >= 400) throw failureIn(status, body);',
    '',
    'refuses by the reason',
    'a refusal is read as an empty list of pods',
  ),
  check(
    file,
    "options.method === 'GET' && attempt < mostAttempts",
    'attempt < mostAttempts',
    'is not asked again: it may have been done',
    'an eviction that a budget refuses is asked for three times at once, and a change is made twice',
  ),
  check(
    file,
    '(got.status !== 429 && got.status < 500)',
    'got.status > 0',
    'asks to slow down',
    'what a cluster refuses once for being busy is missing in the evidence, or told as not contained',
  ),
  check(
    file,
    'error.isConnected && ',
    '',
    'takes no connection',
    'a cluster that lets in certain addresses alone is waited for twice as long, by everything that reads it',
  ),
  check(
    file,
    '!(isLate || isBroken)',
    '!isBroken',
    'is asked for a read once more',
    'an image is held, and somebody woken, because a cluster was late once',
  ),
];
