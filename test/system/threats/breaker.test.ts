import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import { environmentOf, firebreak, type Ran } from '../firebreak.ts';
import { part } from './faulty.ts';
import { openShop, type Shop, serviceIncident } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(['one', 'two', 'three'].map((name) => ({ name })));
  const value = 'breaker: { ineffective: 2, withinHours: 24 }\n';
  putParameter(shop.stage.account, { name: '/firebreak/dev/settings', value });
  await shop.stage.pass(61);
  // A breaker that breaks sooner contains less.
  expect(shop.onlyTold().subject).toBe('NO ACTION: rules contain less, Firebreak dev');
});
afterAll(() => shop[Symbol.asyncDispose]());

const startAgain = 'firebreak resume --rule containing --stage dev';

function resume(rule: string): Promise<Ran> {
  return firebreak(['resume', '--rule', rule, '--stage', 'dev'], { env: environmentOf(shop.stage.account) });
}

/** A miner is contained, and is there again in a new task. Answers with the message about that. */
async function failsToHold(name: string): Promise<string> {
  await shop.find(name, {});
  await shop.settle();
  expect(shop.onlyTold().subject).toContain(`prod/${name} contained,`);
  await shop.find(name, { count: 2 });
  await shop.settle();
  const { tier, subject, body } = shop.onlyTold();
  expect([tier, subject]).toEqual(['page', expect.stringContaining('containment did not hold, contained again')]);
  return body;
}

describe('a rule whose containments do not hold', () => {
  it('goes on after the first', async () => {
    expect(await failsToHold('one')).not.toContain('is stopped');
  });

  it('is stopped by the second, whose page says so, and how to start it again', async () => {
    const open = part(await failsToHold('two'), 'What is still open');
    expect(open).toContain('Rule containing is stopped: 2 of its containments within 24 hours did not hold.');
    expect(open).toContain(startAgain);
  });

  it('then does nothing: what it would do is held and paged, though evidence is taken', async () => {
    const deployments = shop.stage.calls('ecs:UpdateService');
    await shop.find('three', {});
    await shop.settle();
    const { tier, subject, body } = shop.onlyTold();
    expect([tier, subject]).toEqual(['page', expect.stringContaining('prod/three held, its rule is stopped')]);
    expect(body).toContain(startAgain);
    expect(part(body, 'What was done')).toContain('evidence');
    expect(shop.stage.calls('ecs:UpdateService')).toBe(deployments);
    expect(await shop.service('three')).toMatchObject({ desired: 2, taskDefinition: 'three:2' });
    const head = shop.stage.heads().find(({ incident }) => incident === serviceIncident('three'));
    expect(head).toMatchObject({ outcome: 'held', stops: [{ kind: 'breaker', of: 'containing' }] });
  });

  it('stays stopped until a person starts it again by its name; then it is done by itself', async () => {
    await shop.stage.pass(900);
    expect(await resume('another')).toMatchObject({ exit: 1, err: expect.stringContaining('was not stopped') });
    expect((await shop.show(serviceIncident('three'))).outcome).toBe('held');
    expect(await resume('containing')).toMatchObject({ exit: 0, err: '' });
    await shop.stage.pass(330);
    await shop.settle();
    expect(await shop.show(serviceIncident('three'))).toMatchObject({ outcome: 'contained' });
    expect(await shop.service('three')).toMatchObject({ desired: 2, taskDefinition: 'three:1' });
    expect(shop.onlyTold().subject).toContain('prod/three contained,');
  });
});
