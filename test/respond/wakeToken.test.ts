import { beforeEach, describe, expect, it } from 'vitest';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { putToken } from '../../shared/incident/tokens.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { wakeToken } from '../../shared/respond/wakeToken.ts';

const host = 'arn:aws:ecs:us-east-1:123456789012:container-instance/prod/0123456789abcdef0123456789abcdef';
const command = '0b1f6a52-7c1e-4f0e-9a44-1f1f0a0b0c0d';
const resources = (cpu: number, memory: number) => [
  { name: 'CPU', type: 'INTEGER', integerValue: cpu },
  { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
  { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22'] },
];

const table = memoryTable();
let answered: { readonly token: string; readonly output: string }[];
let logged: string[];
const effects = {
  table,
  tokens: { succeed: async (token: string, output: string) => void answered.push({ token, output }) },
  log: (message: string) => void logged.push(message),
};
const wake = (detail: unknown) => wakeToken(effects, { source: 'aws.any', detail });

beforeEach(async () => {
  [answered, logged] = [[], []];
  const waiting = { incident: 'instance/1/r/i-1', run: 'r1', round: 1, at: '2026-11-24T12:00:00.000Z' };
  await putToken(table, { ...waiting, correlation: command, token: 'of the command', step: 1 });
  await putToken(table, { ...waiting, correlation: host, token: 'of the host', step: 0 });
});

describe('an event', () => {
  it('wakes the step that waits for its command', async () => {
    await wake({ 'command-id': command, status: 'Success' });
    expect(answered).toEqual([{ token: 'of the command', output: '{"n":1,"outcome":"woken"}' }]);
    expect(logged).toEqual(['Step woken']);
  });

  it('wakes it again when it comes again: the answered token takes no harm', async () => {
    for (const _time of [1, 2]) await wake({ 'command-id': command, status: 'Success' });
    expect(answered).toHaveLength(2);
  });

  it.each([
    ['by its counts', { runningTasksCount: 0, pendingTasksCount: 0 }],
    [
      'by what remains of it',
      { registeredResources: resources(2048, 3768), remainingResources: resources(2048, 3768) },
    ],
    ['for all that is known', {}],
  ])('wakes the step that waits for a host to be empty, %s', async (_how, detail) => {
    await wake({ containerInstanceArn: host, status: 'DRAINING', ...detail });
    expect(answered).toEqual([{ token: 'of the host', output: '{"n":0,"outcome":"woken"}' }]);
  });

  it.each([
    ['a task runs there', { runningTasksCount: 1, pendingTasksCount: 0 }],
    ['a task is to run there', { runningTasksCount: 0, pendingTasksCount: 1 }],
    [
      'something is reserved there',
      { registeredResources: resources(2048, 3768), remainingResources: resources(2048, 3640) },
    ],
  ])('wakes nobody while %s', async (_what, detail) => {
    await wake({ containerInstanceArn: host, status: 'DRAINING', ...detail });
    expect(answered).toEqual([]);
  });

  it.each([
    ['another command', { 'command-id': 'of another team' }],
    ['another host', { containerInstanceArn: `${host}0` }],
    ['nothing', {}],
    ['no text', { 'command-id': 7, containerInstanceArn: [host] }],
    ['an empty text', { 'command-id': '' }],
    ['no object', 'text'],
    ['a list', [command]],
    ['null', null],
  ])('about %s passes without a word', async (_what, detail) => {
    await wake(detail);
    expect([answered, logged]).toEqual([[], []]);
  });

  it('that is no object passes', async () => {
    await wakeToken(effects, undefined);
    expect(answered).toEqual([]);
  });

  it('is delivered again when Step Functions asks for patience', async () => {
    const tokens = { succeed: () => Promise.reject(new Throttled('slow down')) };
    const asked = wakeToken({ ...effects, tokens }, { detail: { 'command-id': command } });
    await expect(asked).rejects.toMatchObject({ name: 'Throttled' });
  });
});
