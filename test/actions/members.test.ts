import { expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action } from '../../shared/actions/contract.ts';
import { proofs } from './memberProofs.ts';

const optional: readonly (keyof Action)[] = [
  'changedBy',
  'declines',
  'asksMore',
  'deliveredAgain',
  'inCluster',
  'meets',
  'minimum',
  'parts',
  'release',
  'staysYet',
  'stillThere',
  'turn',
  'undo',
  'verifyUndone',
];
const all = Object.keys(proofs) as readonly (keyof Action)[];

test.each(catalogue.map((action) => [action.name, action] as const))(
  '%s has every member of the contract',
  (_name, action) => {
    for (const member of all) if (!optional.includes(member)) expect(action[member], member).toBeDefined();
  },
);
