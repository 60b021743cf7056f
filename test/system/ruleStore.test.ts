import { describe, expect, it } from 'vitest';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { latest, ssmState } from '../../sandbox/services/ssm/state.ts';
import { dynamoTable } from '../../shared/incident/dynamoTable.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { DynamoDBClient } from '../../shared/platform/sdk/dynamodb.ts';
import { notePackRecord, readPackRecord } from '../../shared/respond/guardSeed.ts';
import { plain, plainImages } from './plainImages.ts';
import { accessDenied, refuse, relent, slowDown } from './refusals.ts';
import { enforcing } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const path = '/firebreak/dev';
const put = ({ account }: Stage, name: string, value: string): void =>
  void putParameter(account, { name: `${path}/${name}`, value });
const parameter = ({ account }: Stage, name: string) => {
  const found = ssmState(account).parameters.get(`${path}/${name}`);
  if (found === undefined) throw new Error(`There is no parameter ${name}.`);
  return found;
};
const read = (stage: Stage, name: string): string => latest(parameter(stage, name)).value;
const current = (stage: Stage) => stage.table().find(({ pk, sk }) => pk === 'ruleset' && sk === 'current');

const tableOf = ({ account, sandbox }: Stage) =>
  dynamoTable(
    new DynamoDBClient({
      region: account.region,
      endpoint: sandbox.door.endpoint,
      credentials: rootCredentials(account),
    }),
    sandbox.stack.outputs['IncidentTableName'] ?? '',
  );

describe('an upgrade', () => {
  it('brings what the pack has anew, keeps every edit, and says what it left', async () => {
    await using stage = await openStage({ rules: {} });
    await stage.pass(120);
    const shipped = read(stage, 'rules/image-critical');
    const older = shipped
      .replace(/order: \d+\n/, '')
      .replace('name: image-critical', 'name: image-critical\norder: 77');
    const edited = read(stage, 'rules/threat-ecs').replace(/^description: .*$/m, 'description: as we have it.');
    // As the version before has left it: its own text of one rule and of another, and that other one edited by a person since.
    const table = tableOf(stage);
    const record = await readPackRecord(table);
    if (record === undefined) throw new Error('The pack was not put.');
    const put1 = { ...record.put, 'rules/image-critical': sha256Hex(older), 'rules/threat-ecs': sha256Hex('before') };
    await notePackRecord(table, { declined: false, put: put1 });
    put(stage, 'rules/image-critical', older);
    put(stage, 'rules/threat-ecs', edited);
    await stage.pass(120);
    expect(read(stage, 'rules/image-critical')).toBe(shipped);
    expect(read(stage, 'rules/threat-ecs')).toBe(edited);
    expect(read(stage, 'status')).toContain(
      'Left as it is: rules/threat-ecs was edited, so that the default that this version changes was not put over it.',
    );
    expect(JSON.stringify(current(stage)?.['changes'])).toContain('rule threat-ecs: description is');
  });
});

describe('Parameter Store', () => {
  it.each([
    ['asks for fewer calls', slowDown],
    ['refuses', accessDenied],
  ])(
    'that %s changes nothing: the last set goes on deciding, the alarm tells, and the edit is live afterwards',
    async (_what, error) => {
      await using stage = await openStage({ world: plainImages });
      refuse(stage, { from: 'guard', service: 'ssm' }, error);
      put(stage, 'rules/enforcing', enforcing.replace('name: enforcing', 'name: enforcing\ndescription: edited'));
      await stage.pass(11 * 60);
      expect(current(stage)).toMatchObject({ number: 1 });
      expect(stage.told().map(({ subject }) => subject)).toContainEqual(expect.stringContaining('guard-errors'));
      stage.scan(plain('a'));
      // It would never settle: the guard fails and is called again.
      await stage.pass(120);
      expect(stage.head(plain('a'))).toMatchObject({ outcome: 'contained' });
      relent(stage);
      await stage.pass(60);
      expect(current(stage)).toMatchObject({ number: 2 });
    },
  );

  it('that refuses the status alone keeps no edit from being live', async () => {
    await using stage = await openStage();
    refuse(stage, { from: 'guard', service: 'ssm', operation: 'PutParameter' }, accessDenied);
    put(stage, 'rules/enforcing', enforcing.replace('name: enforcing', 'name: enforcing\ndescription: edited'));
    await stage.pass(60);
    expect(current(stage)).toMatchObject({ number: 2 });
  });

  it('keeps the version that decides, however many bad edits come after it, and refuses the hundredth', async () => {
    await using stage = await openStage();
    await stage.pass(60);
    const labelled = latest(parameter(stage, 'rules/enforcing'));
    expect(labelled.labels.has('active')).toBe(true);
    const broken = enforcing.replace('do:', 'doo:');
    for (let edit = 1; edit <= 99; edit += 1) put(stage, 'rules/enforcing', `${broken}# ${edit}\n`);
    await stage.pass(60);
    expect(() => put(stage, 'rules/enforcing', broken)).toThrow(/can't be deleted because it has a label/);
    expect(parameter(stage, 'rules/enforcing').versions[0]).toBe(labelled);
    expect(current(stage)).toMatchObject({ number: 1 });
    expect(read(stage, 'status')).toContain('The last edit was not published.');
  });

  it('whose label somebody moves by hand decides nothing by it, and gets it back', async () => {
    await using stage = await openStage();
    put(stage, 'rules/enforcing', enforcing.replace('name: enforcing', 'name: enforcing\norder: 7'));
    await stage.pass(60);
    const [first, second] = parameter(stage, 'rules/enforcing').versions;
    second?.labels.delete('active');
    first?.labels.add('active');
    const before = current(stage);
    // No parameter shows it: a guard that rests looks in full every ten minutes.
    await stage.pass(11 * 60);
    expect(current(stage)).toEqual(before);
    expect([first?.labels.has('active'), second?.labels.has('active')]).toEqual([false, true]);
  });
});
