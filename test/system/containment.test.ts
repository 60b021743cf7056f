import { expect, it } from 'vitest';
import { containService as action } from '../../shared/actions/containService/containService.ts';
import { shownAs } from '../full/containment/awsShows.ts';
import { oddOnes, strategyOn } from '../full/containment/cells.ts';
import { oddCells } from '../full/containment/expected.ts';

/** A few cells of what `test/full/containment` goes through: one for each way in which a containment of a service may end. */
strategyOn('autoscaled', 'by-cause', 'image');
strategyOn('autoscaled', 'zero, allowed', 'intrusion');
strategyOn('midDeployment', 'rollback', 'image');
strategyOn('daemon', 'zero', 'intrusion');
strategyOn('protected', 'by-cause', 'intrusion');
oddOnes(oddCells.filter(({ kind }) => kind === 'movedSince'));

it('compares every field that the action declares to restore, after each undo', () => {
  expect(Object.keys(shownAs).sort()).toEqual([...action.restores].sort());
});
