import { describe, expect, it } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import { fixTaskDefinition } from '../../shared/actions/fixTaskDefinition/fixTaskDefinition.ts';
import {
  differsInFixesAlone,
  fixesFor,
  type Hardening,
  hardeningOf,
  logTo,
  mended,
  mendedContent,
} from '../../shared/actions/fixTaskDefinition/hardening.ts';
import { planFix } from '../../shared/actions/fixTaskDefinition/plan.ts';
import { beside, type Observed, params } from '../../shared/actions/fixTaskDefinition/types.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import { contentOf } from '../../shared/actions/targets/definitionCopy.ts';
import type { ServiceTarget } from '../../shared/actions/targets/serviceTarget.ts';

const place = { account: '123456789012', region: 'eu-central-1' };
const arnOf = (of: string): string => `arn:aws:ecs:eu-central-1:123456789012:${of}`;
const serviceNamed = (cluster: string, service: string): ServiceTarget => ({
  ...{ kind: 'ecs-service', id: `${cluster}/${service}`, cluster, service, ...place },
  arn: arnOf(`service/${cluster}/${service}`),
});
const target = serviceNamed('prod', 'checkout');
const definition = arnOf('task-definition/checkout:7');

const app = { privileged: true, user: null, readOnly: false, logs: null };
const hardening: Hardening = { pidMode: 'host', containers: { app } };
const observed: Observed = {
  definition,
  runs: definition,
  hardening,
  protectedBy: null,
  controller: 'ECS',
  scheduling: 'REPLICA',
  deploying: false,
  asked: ['privileged'],
  more: [],
  stood: null,
  given: {},
  against: [],
  networkMode: 'bridge',
  canLog: true,
  routing: null,
  moves: [],
  version: {},
  roles: [],
  desired: 4,
  running: 4,
  minimumHealthyPercent: 50,
  owner: 'payments (tag team)',
  seen: ['service/prod/checkout'],
};
const plan = (change: Partial<Observed>, given = {}): Planned =>
  planFix(target, { ...observed, given: params.parse(given), ...change });

describe('a plan', () => {
  it('deploys a copy, says what is otherwise in it, and how much stays healthy meanwhile', () => {
    expect(plan({})).toMatchObject({
      kind: 'step',
      sentence:
        'Register a copy of task-definition/checkout:7 (app not privileged), and deploy service prod/checkout with it: its 4 tasks are replaced.',
      leavesHealthy: { count: 2, of: 4 },
      chosen: { fixes: ['privileged'], definition, roles: [] },
    });
    expect(plan({ running: 1 })).toMatchObject({ leavesHealthy: { count: 1, of: 4 } });
  });

  it('does nothing where no finding is about the revision that runs, or it has what is asked for', () => {
    expect(plan({ asked: [] })).toMatchObject({ kind: 'skip', reason: expect.stringContaining('no finding asks') });
    const mild = { pidMode: null, containers: { app: { ...app, privileged: false } } };
    expect(plan({ hardening: mild })).toMatchObject({ kind: 'skip', reason: expect.stringContaining('already') });
  });

  it.each([
    ['CodeDeploy', { controller: 'CODE_DEPLOY' }],
    ['an external controller', { controller: 'EXTERNAL' }],
    ['a daemon', { scheduling: 'DAEMON' }],
    ['somebody is deploying', { deploying: true }],
    ['wants no tasks', { desired: 0 }],
    ['would lose a', { against: ['a copy of it would lose a'] }],
  ])('waits for a person: %s', (reason, change) => {
    expect(plan(change)).toMatchObject({ kind: 'hold', reason: expect.stringContaining(reason), seen: observed.seen });
  });

  it('names no user and no group of logs by itself', () => {
    expect(plan({ asked: ['user'] })).toMatchObject({ kind: 'hold', reason: expect.stringContaining('(user)') });
    expect(plan({ asked: ['logs'] })).toMatchObject({ kind: 'hold', reason: expect.stringContaining('(logGroup)') });
    const logs = { logGroup: '/ecs/shop' };
    expect(plan({ asked: ['logs'] }, logs)).toMatchObject({ kind: 'step' });
    expect(plan({ asked: ['logs'], canLog: false }, logs)).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('no execution role'),
    });
    expect(plan({ asked: ['logs'], routing: 'its task has 0 MiB' }, logs)).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('its task has 0 MiB'),
    });
  });

  const secret = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf';
  const references = ['DB', 'API'].map((variable) => ({ variable, secret }));
  const plain = { pidMode: null, containers: { app: { ...app, variables: { DB: null, API: null } } } };
  const moveOf = (variable: string, why: string | null = null) => ({ container: 'app', variable, secret, why });

  it('moves what can be moved out of plain text, says what stays, and what is leaked all the same', () => {
    const change = { asked: ['secrets'], hardening: plain, moves: [moveOf('DB'), moveOf('API', 'it is old')] } as const;
    expect(plan(change, { references })).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining('(app with DB from secret:shop/db-AbCdEf)'),
      chosen: { fixes: ['secrets'], moves: [{ container: 'app', variable: 'DB', secret }], secrets: [secret] },
      remains: expect.stringMatching(
        /API of app stays in plain text: it is old\. task-definition\/checkout:7 still holds the value, .* An undo deploys it again\./,
      ),
    });
  });

  it('says what it cannot move', () => {
    const reasonOf = (moves: Observed['moves'], given: object) =>
      plan({ asked: ['secrets'], hardening: plain, moves }, given);
    const held = (words: string) => ({ kind: 'hold', reason: expect.stringContaining(words) });
    expect(reasonOf([], {})).toMatchObject(held('the rule names no secrets'));
    expect(reasonOf([], { references })).toMatchObject(held('none of DB, API, which the rule names'));
    expect(reasonOf([moveOf('DB', 'it is old')], { references })).toMatchObject(
      held('DB of app stays in plain text: it is old'),
    );
  });

  it('asks for more where a finding is about the copy that stands', () => {
    const moves = [{ container: 'app', variable: 'DB', secret }];
    const stands = {
      asked: ['privileged', 'secrets'],
      stood: { fixes: ['secrets'], moves, from: definition },
      hardening: plain,
    } as const;
    const of = (change: Partial<Observed>, given: object = { references }) =>
      plan({ ...stands, moves: [moveOf('DB', 'it is to be deleted')], ...change }, given);
    // What does not come up is put back onto what runs; what stands, planned again, onto what ran before it.
    const runs = arnOf('task-definition/checkout:8');
    expect(of({ runs })).toMatchObject({ chosen: { from: runs } });
    expect(of({ runs, asked: ['secrets'] })).toMatchObject({ chosen: { from: definition } });
    // What stands stays, whatever the rule that reads says of it.
    expect(of({})).toMatchObject({ chosen: { fixes: ['privileged', 'secrets'], moves } });
    const more = { more: ['secrets'], asked: ['secrets'] } as const;
    expect(fixTaskDefinition.asksMore?.({ ...observed, ...stands, ...more })).toBe(true);
    expect(fixTaskDefinition.asksMore?.({ ...observed, ...stands })).toBe(false);
    expect(of(more)).toMatchObject({ kind: 'hold', reason: expect.stringContaining('names no secret for') });
    const both = [moveOf('DB'), moveOf('API')];
    expect(of({ ...more, moves: both })).toMatchObject({
      chosen: { moves: [...moves, { ...moves[0], variable: 'API' }] },
    });
    expect(of({ more: ['logs'], asked: ['logs', 'secrets'] })).toMatchObject({
      reason: expect.stringContaining('logGroup'),
    });
    const again = {
      more: ['privileged'],
      stood: { fixes: ['privileged', 'secrets'], moves, from: definition },
    } as const;
    expect(of(again)).toMatchObject({ kind: 'hold', reason: expect.stringContaining('finds that in it all the same') });
  });

  it('is read back by what it was made with, whichever rule reads it', () => {
    const made = { user: '1000', references };
    const chosen = { fixes: ['user', 'secrets'], given: made, definition, roles: [], moves: [] } as const;
    const after = fixTaskDefinition.intended(target, { user: '2000' }, { ...observed, hardening: plain }, chosen);
    expect(after).toMatchObject({ hardening: { containers: { app: { user: '1000' } } } });
    const log = { logGroup: '/ecs/shop' };
    const firelens = { image: 'router', options: { Name: 'http' } };
    expect(beside(undefined, log)).toEqual(log);
    expect(beside(made, { user: '2000', ...log })).toEqual({ ...made, ...log });
    // A log that goes to CloudWatch Logs is not routed elsewhere because another rule would have routed it.
    expect(beside(log, { logGroup: '/ecs/other', firelens })).toEqual(log);
    const other = { container: 'app', variable: 'DB', secret };
    expect(beside(made, { references: [{ variable: 'DB', secret: 'another' }, other] })).toEqual({
      ...{ user: '1000', references: [...references, other] },
    });
  });

  it('leaves the network of the host to its team, and says so beside what it does', () => {
    const inHost = { networkMode: 'host', asked: ['privileged', 'network-mode'] } as const;
    expect(plan(inHost)).toMatchObject({
      kind: 'step',
      remains: expect.stringContaining('in the network of its host'),
      chosen: { fixes: ['privileged'] },
    });
    expect(plan({ ...inHost, asked: ['network-mode'] })).toMatchObject({ kind: 'hold' });
  });
});

describe('the parameters', () => {
  it.each(['root', 'root:root', '0', '0:0', '00', '0:1000', 'a b', '$(id)', ''])('take no %o for a user', (user) => {
    expect(params.safeParse({ user }).success).toBe(false);
  });

  it.each(['1000', '1000:1000', 'app', 'app:web', '1000:0'])('take %o', (user) => {
    expect(params.safeParse({ user }).success).toBe(true);
  });

  it('take a log group by its name alone', () => {
    expect(params.safeParse({ logGroup: '/ecs/shop' }).success).toBe(true);
    expect(params.safeParse({ logGroup: 'arn:aws:logs:us-east-1:1:log-group:x' }).success).toBe(false);
  });
});

const described = {
  taskDefinitionArn: definition,
  family: 'checkout',
  revision: 7,
  pidMode: 'host',
  containerDefinitions: [
    {
      name: 'app',
      image: 'app:1.0',
      privileged: true,
      user: 'root',
      environment: [{ name: 'TOKEN', value: 'correct-horse' }],
      dockerLabels: { a: 'b' },
    },
    { name: 'proxy', image: 'proxy:1.0', user: 'envoy', logConfiguration: { logDriver: 'awsfirelens' } },
  ],
} as const;
type Described = Parameters<typeof hardeningOf>[0];
const asDescribed = described as unknown as Described;
const given = { user: '1000:1000', logGroup: '/ecs/shop' };
const copyWith = (...fixes: ReturnType<typeof fixesFor>): Described => {
  const to = mended(hardeningOf(asDescribed), fixes, given);
  return mendedContent(contentOf(asDescribed), to, logTo('/ecs/shop', 'eu-central-1', 'checkout')) as Described;
};

describe('a copy', () => {
  const [first, second] = described.containerDefinitions;
  const registered = { family: 'checkout', pidMode: 'host' };

  it('differs in what is asked for alone', () => {
    expect(copyWith('privileged')).toEqual({
      ...registered,
      containerDefinitions: [{ ...first, privileged: false }, second],
    });
    expect(copyWith('read-only')).toEqual({
      ...registered,
      containerDefinitions: [
        { ...first, readonlyRootFilesystem: true },
        { ...second, readonlyRootFilesystem: true },
      ],
    });
    expect(copyWith('pid-mode')).toEqual({ family: 'checkout', containerDefinitions: [first, second] });
  });

  it('leaves whom a container runs as that is not root, and where it writes its log', () => {
    const [one, other] = copyWith('user', 'logs').containerDefinitions ?? [];
    expect(one).toMatchObject({ user: '1000:1000', logConfiguration: { logDriver: 'awslogs' } });
    expect(other).toEqual(second);
  });

  it('is told from another definition', () => {
    expect(differsInFixesAlone(asDescribed, copyWith('privileged', 'user', 'read-only', 'pid-mode', 'logs'))).toBe(
      true,
    );
    expect(differsInFixesAlone(asDescribed, { ...asDescribed, cpu: '512' })).toBe(false);
    const [{ environment: _env, ...bare }] = described.containerDefinitions;
    const changed = { ...asDescribed, containerDefinitions: [bare, second] } as unknown as Described;
    expect(differsInFixesAlone(asDescribed, changed)).toBe(false);
  });
});

it('what is observed of a definition holds no value of its environment and no option of a log driver', () => {
  expect(JSON.stringify(hardeningOf(asDescribed))).not.toContain('correct-horse');
});

it('rules of AWS Config that nothing mends ask for nothing, and two that say the same ask once', () => {
  expect(fixesFor(['ecs-task-definition-memory-hard-limit', 'ecs-task-definition-windows-user-non-admin'])).toEqual([]);
  expect(fixesFor(['ecs-task-definition-linux-user-non-root', 'ecs-task-definition-nonroot-user'])).toEqual(['user']);
});

it('its session holds the longest names that a service, a family and two roles may have', () => {
  const long = serviceNamed('c'.repeat(255), 's'.repeat(255));
  const chosen = {
    fixes: ['privileged'],
    definition: arnOf(`task-definition/${'f'.repeat(255)}:7`),
    roles: ['a', 'b'].map((one) => `arn:aws:iam::123456789012:role/${one.repeat(64)}`),
  };
  const { read, write } = fixTaskDefinition.permissions(long, chosen);
  expect(sessionPolicy([...read, ...write]).length).toBeLessThanOrEqual(2048);
  expect(write.some(({ resource }) => resource === '*')).toBe(false);
});
