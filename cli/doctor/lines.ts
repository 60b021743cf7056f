import { printable } from '../output.ts';
import type { State } from './check.ts';
import type { Looked } from './examine.ts';

const stateWidth = 'warning'.length;

/** A line for each check, and what to do below those that want something done. */
export function lookedLines(looked: readonly Looked[]): readonly string[] {
  const nameWidth = Math.max(...looked.map(({ check }) => check.length));
  const indent = ' '.repeat(stateWidth + nameWidth + 4);
  return looked
    .flatMap(({ check, state, seen, todo }) => [
      `${state.padEnd(stateWidth)}  ${check.padEnd(nameWidth)}  ${seen}`,
      ...(todo === '' ? [] : [`${indent}-> ${todo}`]),
    ])
    .map(printable);
}

const order: readonly State[] = ['broken', 'unknown', 'warning', 'ok'];

/** `1 broken, 20 ok` */
export const summary = (looked: readonly Looked[]): string =>
  order
    .map((state) => ({ state, count: looked.filter((one) => one.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
