import { describe, expect, test } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { input, only } from './given.ts';

const unsure = ['Clusters could not be read: access denied.', 'Tasks could not be read: access denied.'];
type Given = Parameters<typeof input>[0] & { readonly unsure?: readonly string[] };
const planOf = ({ unsure: texts, ...given }: Given) =>
  assemble({ ...input(given), ...(texts === undefined ? {} : { unsure: texts }) });
const skip: Planned = { kind: 'skip', reason: 'It is so already.' };

describe('a plan of which not all could be found out', () => {
  test('is held where nothing to be fixed was found, and says why', () => {
    const plan = planOf({ planned: only('image.archive', skip), unsure });
    expect(plan).toMatchObject({ decision: 'hold', reason: unsure[0] });
    expect(plan.notDone).toContain(unsure[1]);
    expect(plan.notDone).not.toContain(unsure[0]);
  });

  test('is told as wanted beside what is fixed', () => {
    expect(planOf({ unsure })).toMatchObject({ decision: 'contain', wanted: unsure });
  });

  test('is no other where all was found out', () => {
    expect(planOf({ unsure: [] })).toEqual(planOf({}));
  });
});
