import { expect, test } from 'vitest';
import { ownerAmong } from '../../shared/plan/owner.ts';

test('the first owner that an action observed is the owner', () => {
  expect(ownerAmong([null, { image: 'ACTIVE' }, { owner: 'payments (tag team)' }, { owner: 'else' }])).toBe(
    'payments (tag team)',
  );
});

test.each([[[]], [[null]], [[{ owner: '' }, { owner: 7 }]]])('nobody said: %j', (observed) => {
  expect(ownerAmong(observed)).toBe('unknown');
});
