import { expect, test } from 'vitest';
import { ownerAmong } from '../../shared/plan/owner.ts';

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
