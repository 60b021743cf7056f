import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Credentials, credentialsFor } from '../../../sandbox/iam/credentials.ts';
import { roleNamed } from '../../../sandbox/iam/roles.ts';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { part } from './faulty.ts';
import { openShop, type Shop, serviceIncident } from './shop.ts';
import { shell } from './threats.ts';

const revoking = `name: revoking
when:
  source: [guardduty]
  resource: { kind: [ecs-task, ecs-cluster] }
do:
  - evidence.capture
  - ecs.contain-service: { strategy: by-cause }
  - iam.revoke-role-sessions
mode: enforce
`;

const reads = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ecr:DescribeRepositories', Resource: '*' }],
};
const role = (name: string) => ({ name, policies: [{ name: 'reads', document: reads }] });
const policyName = 'FirebreakRevokedSessions';

let shop: Shop;
beforeAll(async () => {
  const services = [
    { name: 'cart' },
    { name: 'quay', desired: 3 },
    { name: 'till', role: 'counter' },
    { name: 'kiosk', role: 'counter' },
  ];
  const roles = ['cart-task', 'quay-task', 'counter'].map(role);
  shop = await openShop(services, { rules: { revoking }, account: { roles } });
});
afterAll(() => shop[Symbol.asyncDispose]());

/** Credentials of a role, as its task gets them now. */
const issue = (name: string, session: string): Credentials =>
  credentialsFor(shop.stage.account, name, session, [], 12 * 3600);

/** What the account answers to whoever calls with them, over the wire. */
async function tried({ expiration: _virtual, ...credentials }: Credentials): Promise<string> {
  const { account, sandbox } = shop.stage;
  const client = new ECRClient({
    region: account.region,
    endpoint: sandbox.door.endpoint,
    credentials,
    maxAttempts: 1,
  });
  try {
    return await client.send(new DescribeRepositoriesCommand({})).then(
      () => 'let in',
      (error: unknown) => String(error),
    );
  } finally {
    client.destroy();
  }
}
const denied =
  /not authorized to perform: ecr:DescribeRepositories .* with an explicit deny in an identity-based policy/;

/** The policy that stands in a role, as it was written. */
function standing(name: string): { readonly cutOff: string } | undefined {
  const document = roleNamed(shop.stage.account, name)?.written.policies.find(
    (one) => one.name === policyName,
  )?.document;
  const [statement] = (document?.['Statement'] ?? []) as [
    { readonly Condition: { readonly DateLessThan: { readonly 'aws:TokenIssueTime': string } } }?,
  ];
  return statement === undefined ? undefined : { cutOff: statement.Condition.DateLessThan['aws:TokenIssueTime'] };
}

const tasksOf = (service: string) =>
  [...(clusters(shop.stage.account).get('prod')?.tasks.values() ?? [])].filter(
    (task) => task.group === `service:${service}`,
  );

describe('a miner that came with an image', () => {
  let stolen: Credentials;
  beforeAll(async () => {
    const [task] = (await shop.service('cart')).tasks;
    stolen = issue('cart-task', task?.arn.split('/').at(-1) ?? '');
    expect(await tried(stolen)).toBe('let in');
    await shop.find('cart', {});
    await shop.settle();
  });

  it('is contained with its credentials dealt with: nobody is woken for one of class B', async () => {
    const told = shop.onlyTold();
    expect((await shop.show(serviceIncident('cart'))).outcome).toBe('contained');
    expect(told.tier).toBe('notice');
    expect(told.subject).toContain('prod/cart contained, ');
    expect(part(told.body, 'What was done')).toContain('sessions of role cart-task from before 2026-11-20T02:01:');
    expect(told.body).toContain('any task that service prod/cart has started while the accused ones stopped');
    expect(part(told.body, 'How to undo')).toContain('Undo brings no session back');
    expect(told.body).not.toContain('can use them until they expire');
  });

  it('the credentials that were taken are refused from then on, and newer ones of the same role are not', async () => {
    expect(await tried(stolen)).toMatch(denied);
    expect(await tried(issue('cart-task', 'later'))).toBe('let in');
  });

  it('the cut-off lies after the last affected task stopped, and before what starts then, which loses nothing', () => {
    const cutOff = Date.parse(standing('cart-task')?.cutOff ?? '');
    const stopped = tasksOf('cart').filter(({ status }) => status === 'STOPPED');
    const running = tasksOf('cart').filter(({ status }) => status === 'RUNNING');
    expect([stopped.length, running.length]).toEqual([2, 2]);
    for (const { stoppedAt = Number.NaN } of stopped) expect(stoppedAt).toBeLessThan(cutOff);
    // One clean task was held while the affected ones stopped: it is named as one to restart.
    expect(running.filter(({ createdAt }) => createdAt >= cutOff)).toHaveLength(1);
  });

  it('an undo brings the service back, and leaves the policy: those sessions would work again', async () => {
    expect((await shop.undo(serviceIncident('cart'))).kind).toBe('opened');
    await shop.settle();
    const [told] = shop.told();
    expect(told).toMatchObject({ tier: 'notice', subject: expect.stringContaining('prod/cart undone') });
    expect(part(told?.body ?? '', 'What was not done, and why')).toContain(
      'Not yet: policy FirebreakRevokedSessions of role cart-task stays until 2026-11-20T14:',
    );
    expect(await shop.service('cart')).toMatchObject({ taskDefinition: 'cart:2' });
    expect(await tried(stolen)).toMatch(denied);
  });

  it('another undo before then changes nothing and says why; one after that takes the policy away', async () => {
    await shop.stage.pass(3600);
    await shop.undo(serviceIncident('cart'));
    await shop.settle();
    const [early] = shop.told();
    expect(early).toMatchObject({ tier: 'notice' });
    expect(early?.body).toContain('Nothing was put back. Not yet: policy FirebreakRevokedSessions');
    expect(standing('cart-task')).toBeDefined();

    await shop.stage.pass(12 * 3600);
    shop.told();
    await shop.undo(serviceIncident('cart'));
    await shop.settle();
    expect(standing('cart-task')).toBeUndefined();
  });
});

describe('somebody in one task of several', () => {
  it('loses what was taken; the other tasks of the service are named, because they lose theirs', async () => {
    const tasks = (await shop.service('quay')).tasks.map(({ arn }) => arn.split('/').at(-1) ?? '');
    const stolen = issue('quay-task', tasks[0] ?? '');
    await shop.find('quay', { kind: shell });
    await shop.settle();
    const [told] = shop.told().filter(({ subject }) => subject.includes('prod/quay'));
    expect(told?.subject).toContain('prod/quay contained, ');
    for (const sibling of tasks.slice(1))
      expect(part(told?.body ?? '', 'What is still open')).toContain(`task ${sibling}`);
    expect(told?.body).not.toContain('"Revoke active sessions"');
    expect(await tried(stolen)).toMatch(denied);
  });
});

describe('a role that another service uses, too', () => {
  it('is not cut off: who would lose by it is said, and somebody is woken, though the task is stopped', async () => {
    const stolen = issue('counter', 'task');
    await shop.find('till', { kind: shell });
    await shop.settle();
    const [told] = shop.told().filter(({ subject }) => subject.includes('prod/till'));
    expect(told).toMatchObject({ tier: 'page' });
    expect(told?.body).toContain('role counter is also used by service prod/kiosk');
    expect(told?.body).toContain('in IAM, role counter, "Revoke active sessions"');
    expect(standing('counter')).toBeUndefined();
    expect(await tried(stolen)).toBe('let in');
  });
});
