import { describe, expect, test } from 'vitest';
import type { ImageGraph } from '../../shared/account/imageGraph.ts';
import { inUse } from '../../shared/account/inUse.ts';

const digest = `sha256:${'1'.repeat(64)}`;
const quiet: ImageGraph = {
  account: '123456789012',
  region: 'eu-central-1',
  repository: 'payments/checkout-api',
  digest,
  images: [],
  contents: {},
  sharedWith: [],
  users: [],
  lastPull: null,
  places: ['ecr', 'ecs', 'lambda', 'eventbridge', 'scheduler', 'eks'],
  notRead: ['Batch', 'other Regions'],
  unread: [],
};
const task = {
  kind: 'task',
  arn: 'arn:aws:ecs:eu-central-1:123456789012:task/prod/t1',
  digest,
  by: 'digest',
  startedBy: [],
} as const;
const now = new Date('2026-11-24T12:00:00.000Z');
const answer = (change: Partial<ImageGraph>) => inUse({ ...quiet, ...change }, { quietPullDays: 7 }, now);

describe('in use', () => {
  test('no: everything was read, nothing uses it, and it was never pulled', () => {
    expect(answer({})).toMatchObject({ answer: 'no', because: expect.stringContaining('nothing has ever pulled it') });
  });

  test('no claims no more than what was read, and says what was not', () => {
    const { because, lines } = answer({ lastPull: '2026-10-01T00:00:00.000Z' });
    expect(because).toBe(
      'no task, service, function, pod, rule or schedule of this account and Region uses it, and its last pull was 2026-10-01T00:00:00.000Z',
    );
    expect(lines).toEqual(['last pulled 2026-10-01T00:00:00.000Z', 'not looked at: Batch; other Regions']);
  });

  test.each(['task', 'service', 'task-definition', 'function', 'pod', 'workload'] as const)(
    'yes: a %s uses it',
    (kind) => {
      const { answer: said, because, lines } = answer({ users: [{ ...task, kind }] });
      expect(said).toBe('yes');
      expect(because).toBe('task/prod/t1 uses it');
      expect(lines[0]).toContain('task/prod/t1');
    },
  );

  test('yes goes before unknown', () => {
    expect(answer({ users: [task], unread: [{ place: 'ECS', why: 'denied' }] }).answer).toBe('yes');
  });

  test('unknown: one place could not be read', () => {
    const said = answer({ unread: [{ place: 'Lambda functions', why: 'access denied (AccessDeniedException)' }] });
    expect(said.answer).toBe('unknown');
    expect(said.because).toContain('Lambda functions: access denied');
  });

  test.each(['ecr', 'ecs', 'lambda', 'eventbridge', 'scheduler', 'eks'])('unknown: %s was not looked at', (left) => {
    const said = answer({ places: quiet.places.filter((place) => place !== left) });
    expect(said).toMatchObject({ answer: 'unknown', because: `${left} was not read` });
  });

  test('unknown: the settings name another account or Region, which is not read', () => {
    const named = (...inUseIn: string[]) => inUse(quiet, { quietPullDays: 7, inUse: inUseIn }, now);
    expect(named('123456789012/eu-central-1').answer).toBe('no');
    expect(named('123456789012/eu-central-1', '210987654321/eu-west-1', '123456789012/us-east-1')).toMatchObject({
      answer: 'unknown',
      because: '210987654321/eu-west-1, 123456789012/us-east-1 was not read',
    });
  });

  test('unknown: pulled a moment within the quiet days; no: a moment longer ago', () => {
    expect(answer({ lastPull: '2026-11-17T12:00:00.001Z' }).answer).toBe('unknown');
    expect(answer({ lastPull: '2026-11-17T12:00:00.000Z' }).answer).toBe('no');
  });

  test('unknown: a pull in the future or at no time', () => {
    expect(answer({ lastPull: '2026-12-01T00:00:00.000Z' }).answer).toBe('unknown');
    expect(answer({ lastPull: 'yesterday' }).answer).toBe('unknown');
  });

  test('no: a task of the incident pulls it now, and the pull is no older than that; unknown: it is', () => {
    const said = (pullingSince: string) =>
      inUse({ ...quiet, lastPull: '2026-11-24T11:50:00.000Z' }, { quietPullDays: 7 }, now, {
        leaving: [],
        pulledUntil: '2026-11-20T00:00:00.000Z',
        pullingSince,
      }).answer;
    expect(said('2026-11-24T11:49:00.000Z')).toBe('no');
    expect(said('2026-11-24T11:51:00.000Z')).toBe('no');
    expect(said('2026-11-24T11:51:00.001Z')).toBe('unknown');
  });

  test('a long list of users is named by its first three', () => {
    const users = [1, 2, 3, 4, 5].map((at) => ({ ...task, arn: task.arn.replace('t1', `t${at}`) }));
    expect(answer({ users }).because).toBe('task/prod/t1, task/prod/t2, task/prod/t3 and 2 more use it');
    expect(answer({ users }).lines).toHaveLength(7);
  });

  test('of a definition it is told first who would start it', () => {
    const arn = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/report:3';
    const user = { ...task, kind: 'task-definition', arn, startedBy: ['rule/nightly', 'service/prod/web'] } as const;
    const { because, lines } = answer({ users: [user] });
    expect(because).toBe('rule/nightly (by task-definition/report:3) uses it');
    expect(lines[0]).toContain('started by rule/nightly, service/prod/web');
  });
});
