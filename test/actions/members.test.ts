import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action } from '../../shared/actions/contract.ts';
import { memberChecks, proofs } from './memberChecks.ts';

const optional: readonly (keyof Action)[] = ['undo', 'verifyUndone'];
const all = Object.keys(proofs) as readonly (keyof Action)[];

describe.each(catalogue.map((action) => [action.name, action] as const))('%s', (name, action) => {
  test('has every member of the contract', () => {
    for (const member of all) if (!optional.includes(member)) expect(action[member], member).toBeDefined();
  });

  test('loses each of them in an entry of the removed checks', () => {
    const lost = memberChecks.map(({ why }) => why);
    for (const member of Object.keys(action)) expect(lost).toContain(`${name} loses ${member}`);
  });
});
