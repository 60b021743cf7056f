import { describe, expect, test } from 'vitest';
import { isOfTask, isOwnTag, ownerAmong, ownerOf } from '../../shared/plan/owner.ts';
import type { Observation } from '../../shared/plan/steps.ts';

test('the first owner that an action observed is the owner', () => {
  expect(ownerAmong([null, { image: 'ACTIVE' }, { owner: 'payments (tag team)' }, { owner: 'else' }])).toBe(
    'payments (tag team)',
  );
});

test('one that is known comes before one that nobody knows, and why nobody knows is said', () => {
  const unknown = 'unknown (no tag team)';
  expect(ownerAmong([{ owner: unknown }, { owner: 'shop (tag team)' }])).toBe('shop (tag team)');
  expect(ownerAmong([null, { owner: unknown }, { owner: 'unknown (no tag owner)' }])).toBe(unknown);
});

test.each([[[]], [[null]], [[{ owner: '' }, { owner: 7 }]]])('nobody said: %j', (observed) => {
  expect(ownerAmong(observed)).toBe('unknown');
});

describe('whose a plan is', () => {
  const seen = (kind: 'image' | 'ecs-service' | 'ecs-task' | 'instance', owner: string) =>
    ({ proposal: { target: { kind } }, observed: { owner } }) as unknown as Pick<Observation, 'proposal' | 'observed'>;
  const repository = seen('image', 'images (tag team)');
  const nobody = 'unknown (no tag owner)';
  const wide = 'unknown (no tag owner of service, task definition or cluster)';

  test.each<[string, readonly ReturnType<typeof seen>[], readonly string[], string]>([
    [
      'the service’s own',
      [repository, seen('ecs-service', 'a (tag team)')],
      ['c (tag team of cluster p)'],
      'a (tag team)',
    ],
    [
      'what is around it',
      [repository, seen('ecs-service', nobody)],
      ['c (tag team of cluster p)'],
      'c (tag team of cluster p)',
    ],
    ['the repository’s then', [seen('ecs-service', nobody), repository], [wide], 'images (tag team of the repository)'],
    ['the repository’s of an image alone', [repository], [], 'images (tag team)'],
    ['a host’s', [seen('instance', 'ops (tag owner)')], [], 'ops (tag owner)'],
    [
      'the task’s own last',
      [seen('ecs-task', 'x (tag team of the task)'), repository],
      [wide],
      'images (tag team of the repository)',
    ],
    [
      'the task’s own where nothing else says it',
      [seen('ecs-task', 'x (tag team of the task)')],
      [wide],
      'x (tag team of the task)',
    ],
    ['nobody’s, with all that was asked', [seen('ecs-service', nobody)], [wide], wide],
    ['nobody’s, of what could not be read around it', [seen('ecs-service', nobody)], [], nobody],
    ['unknown where nobody was asked', [], [], 'unknown'],
  ])('%s', (_what, observations, around, owner) => {
    expect(ownerOf(observations, around)).toBe(owner);
  });

  test('a tag of the task definition is not one of the task', () => {
    expect(isOfTask('x (tag team of the task)')).toBe(true);
    expect(isOfTask('x (tag team of the task definition)')).toBe(false);
    expect(isOfTask('x (tag team)')).toBe(false);
  });

  test('its own tag is one that is of nothing else', () => {
    expect(isOwnTag('pay of the (tag y) (tag team)')).toBe(true);
    expect(isOwnTag('pay (tag team of cluster prod; the service could not be read)')).toBe(false);
  });
});
