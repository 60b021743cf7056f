import { readFileSync } from 'node:fs';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { checks } from '../../../cli/doctor/checks.ts';
import { examine, type Looked } from '../../../cli/doctor/examine.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { guardDuty } from '../../../sandbox/services/guardduty/detector.ts';
import { readWorld } from '../../../sandbox/world/read.ts';
import { environmentOf, firebreak } from '../firebreak.ts';
import { openStage } from '../stage.ts';
import { healthyGround, notOk } from './ground.ts';

describe('firebreak doctor', () => {
  const ground = healthyGround();
  const { connect } = ground;
  it('finds everything in order: exit 0, a line each, in the order of the list', async () => {
    const ran = await firebreak(['doctor'], { env: environmentOf(ground.stage().account) });
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(
      ran.out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ +/).slice(0, 2)),
    ).toEqual(checks.map(({ name }) => ['ok', name]));
  });

  it('says that no rule set decides', async () => {
    const { region, endpoint } = ground.stage().account;
    const client = new DynamoDBClient({ region, endpoint, credentials: rootCredentials(ground.stage().account) });
    const TableName = ground.stage().sandbox.stack.outputs['IncidentTableName'] ?? '';
    await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'ruleset' }, sk: { S: 'current' } } }));
    expect(notOk(await examine(await connect(), checks))).toEqual([
      {
        check: 'rules',
        state: 'broken',
        seen: expect.stringContaining('No rule set decides, so that incidents are held'),
        todo: expect.stringContaining('firebreak rules push rules --stage dev'),
      },
    ]);
  });

  it('tells scripts the same, with exit 1, and leaves out what it is told to', async () => {
    Object.assign(guardDuty(ground.stage().account).detector ?? {}, { enabled: false });
    const env = environmentOf(ground.stage().account);
    const told = await firebreak(['doctor', '--json'], { env });
    expect(told).toMatchObject({ exit: 1, err: `firebreak: stage dev: 2 broken, ${checks.length - 2} ok.\n` });
    const { version, stage: name, checks: looked } = JSON.parse(told.out);
    expect({ version, name, states: looked.map(({ state }: Looked) => state) }).toEqual({
      version: 1,
      name: 'dev',
      states: ['broken', 'ok', 'broken', ...checks.slice(3).map(() => 'ok')],
    });
    expect(Object.keys(looked[0])).toEqual(['check', 'state', 'seen', 'todo']);
    const skipped = ['--skip', 'guardduty', '--skip', 'guardduty-coverage'];
    const rest = await firebreak(['doctor', ...skipped], { env });
    expect(rest).toMatchObject({ exit: 0, err: '' });
    expect(rest.out).not.toContain('guardduty-coverage');
    expect(await firebreak(['doctor', '--skip', 'guarduty'], { env })).toEqual({
      exit: 2,
      out: '',
      err: 'firebreak: There is no check "guarduty": did you mean "guardduty"?\n',
    });
  });

  it('writes to no terminal what others wrote', async () => {
    guardDuty(ground.stage().account).detector?.unhealthy.set('prod', 'Agent\u001b[2J\nok  all');
    const { out } = await firebreak(['doctor'], { env: environmentOf(ground.stage().account) });
    expect(out).toContain('ECS prod (Agent\\u{1b}[2J ok all)');
    expect(out).not.toContain('\u001b');
  });
});

it('finds the shop of examples/ in order', async () => {
  const file = 'examples/shop.account.yaml';
  await using shop = await openStage({ world: readWorld(readFileSync(file, 'utf8'), file), canary: true });
  // The guard has run, the sweep has not, and no canary has come: that is no fault of a stage that is new.
  const early = await firebreak(['doctor'], { env: environmentOf(shop.account) });
  expect(early.out).toMatch(/^warning {2}schedules .*Deployed a moment ago, and not run yet: firebreak-dev-sweep\.$/m);
  expect(early.out).toMatch(/^warning {2}canary .*Deployed a moment ago, and no canary has come yet\.$/m);
  expect(early).toMatchObject({ exit: 0, err: expect.stringContaining(': 2 warning, ') });
  await shop.pass(360);
  const ran = await firebreak(['doctor'], { env: environmentOf(shop.account) });
  expect(ran).toMatchObject({ exit: 0, err: '' });
});
