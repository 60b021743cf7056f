import {
  asked,
  back,
  type Ending,
  held,
  inUse,
  notZero,
  replaced,
  startsAgain,
  untold,
  waiting,
  zero,
} from './endings.ts';
import type { KindName, oddKinds } from './kinds.ts';
import type { Cause } from './play.ts';

/** Each strategy as a rule writes it. */
export const strategies = {
  'by-cause': 'strategy: by-cause',
  rollback: 'strategy: rollback',
  'rollback-else-zero': 'strategy: rollback-else-zero',
  zero: 'strategy: zero',
  'zero, allowed': 'strategy: zero, allowZero: true',
  'replace-task': 'strategy: replace-task',
} as const;

export type Strategy = keyof typeof strategies;
type Row = { readonly [strategy in Strategy]: Ending };
interface Rows {
  readonly image: Row;
  readonly intrusion: Row;
}

const row = (most: Ending, others: Partial<Row> = {}): Row => ({
  'by-cause': most,
  rollback: most,
  'rollback-else-zero': most,
  zero: notZero,
  'zero, allowed': zero,
  'replace-task': most,
  ...others,
});

const usual: Rows = {
  image: row(back, { 'zero, allowed': waiting(zero, inUse), 'replace-task': startsAgain }),
  intrusion: row(replaced),
};

const isDaemon = held('it is a daemon, which has no desired count to set to zero');
const isProtected = asked('prod/checkout counts as protected (tag firebreak:protected), so a person must decide');

/** What every strategy comes to, on every kind of service. */
export const expected: { readonly [kind in KindName]: Rows } = {
  plain: usual,
  autoscaled: usual,
  ec2: usual,
  daemon: {
    image: { ...usual.image, zero: isDaemon, 'zero, allowed': isDaemon },
    intrusion: { ...usual.intrusion, zero: isDaemon, 'zero, allowed': isDaemon },
  },
  // ECS keeps no deployments of it, so that nobody can tell when the image came.
  codeDeploy: {
    image: row(waiting(replaced, untold), { 'zero, allowed': waiting(zero, untold) }),
    intrusion: usual.intrusion,
  },
  midDeployment: usual,
  // The accused task alone may be stopped: the scheduler replaces it, and others go on.
  protected: {
    image: row(isProtected, { 'zero, allowed': isProtected, 'replace-task': startsAgain }),
    intrusion: { ...usual.intrusion, 'zero, allowed': isProtected },
  },
  single: usual,
  movedTag: usual,
};

export interface OddCell {
  readonly kind: keyof typeof oddKinds;
  readonly params: string;
  readonly cause: Cause;
  readonly ending: Ending;
}

const byCause = 'strategy: by-cause';
const odd = (kind: OddCell['kind'], ending: Ending, cause: Cause = 'image', params = byCause): OddCell => ({
  kind,
  params,
  cause,
  ending,
});

const orZero = 'strategy: by-cause, allowZero: true';
const codeDeploys = 'CodeDeploy deploys it, so only CodeDeploy can roll it back';
const noneClean = 'no clean version: the image of checkout:86 is ARCHIVED; the image of checkout:85 is ARCHIVED';

const down: Ending = { ...back, how: 'down', outcome: 'degraded', words: 'contained, NOT up again' };

export const oddCells: readonly OddCell[] = [
  odd('otherDeploying', waiting({ ...back, how: 'stopped' }, 'it is in use')),
  odd('movedSince', back),
  odd('breaker', back),
  odd('cleanFails', down),
  // Zero is for where nothing clean can be asked for: here the attacker is out already.
  odd('cleanFails', down, 'image', 'strategy: rollback-else-zero, allowZero: true'),
  odd('protectedTasks', back),
  odd('protectedTasks', replaced, 'intrusion'),
  odd('twoContainers', back),
  odd('cleanArchived', back),
  odd('allArchived', held(noneClean)),
  odd('allArchived', waiting(zero, inUse), 'image', orZero),
  odd('suspect', back),

  odd('deregistered', back),
  odd('deleted', {
    how: 'held',
    outcome: 'observed',
    image: 'active',
    words: 'seen, nothing done',
    because: 'nothing of that kind is known to belong to ecs-task prod/fedcba98765432100123456789abcdef',
  }),
  odd('sharedImage', waiting(back, 'service/prod/kiosk')),
  odd('external', held('an external controller deploys it (EXTERNAL): only that can roll it back'), 'malware'),
  odd('codeDeployReadOnly', held(codeDeploys), 'malware'),
  odd('codeDeployReadOnly', waiting(zero, inUse), 'malware', 'strategy: rollback-else-zero, allowZero: true'),
  odd('codeDeployReadOnly', waiting(zero, inUse), 'malware', orZero),
  odd('scheduled', back),
  odd('scheduled', zero, 'intrusion', 'strategy: zero, allowZero: true'),
  odd('protectedSingle', isProtected, 'intrusion'),
  odd(
    'single',
    held('without the 1 affected task 0 of 1 would be healthy, less than 50%'),
    'intrusion',
    `${byCause}, minHealthyPercent: 50`,
  ),
];
