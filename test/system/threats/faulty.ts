import { type Asked, type Fault, faults } from '../../../sandbox/faults/faults.ts';
import type { Shop } from './shop.ts';

/** Some calls of a function of Firebreak, by its short name. */
export interface Faulty {
  readonly from: string;
  readonly operation: string;
  /** Which of them in a row, from 1; without it, all. */
  readonly nth?: number;
  /** All from this one on, from 1. */
  readonly since?: number;
}

/** From now on these calls meet a fault. An attempt of the SDK is a call. */
export function faulty(shop: Shop, { from, operation, nth, since = 1 }: Faulty, fault: Fault): void {
  let seen = 0;
  const isAmong = (asked: Asked): boolean =>
    asked.functionName === `firebreak-dev-${from}` && asked.operation === operation;
  faults(shop.stage.account).push((asked) => {
    if (!isAmong(asked)) return undefined;
    seen += 1;
    return (nth === undefined ? seen >= since : seen === nth) ? fault : undefined;
  });
}

/** The part of a message with this heading. */
export function part(body: string, heading: string): string {
  const found = body.split('\n\n').find((text) => text.startsWith(`${heading}\n`));
  return found?.slice(heading.length + 1) ?? '';
}
