import { afterAll, expect, it } from 'vitest';
import { oddOnes, printFigures } from './cells.ts';
import { oddCells } from './expected.ts';
import { oddKinds } from './kinds.ts';

afterAll(printFigures);
oddOnes(oddCells);

it('every kind is asked', () => {
  expect(new Set(oddCells.map(({ kind }) => kind))).toEqual(new Set(Object.keys(oddKinds)));
});
