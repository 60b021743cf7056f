import { expect } from 'vitest';
import { type Asked, type FaultRule, faults } from '../../sandbox/faults/faults.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import { incidentOf, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** Whether a call is one of the functions that an incident goes through. The guard and the sweep run by the clock. */
const ofIncident = ({ functionName }: Asked): boolean =>
  functionName !== undefined && !/-(guard|sweep)$/.test(functionName);

/** A fault for the nth call, from 1, of those that `which` picks. */
export function atNth(n: number, fault: 'crash-before' | 'crash-after', which: (asked: Asked) => boolean): FaultRule {
  let seen = 0;
  return (asked) => {
    if (!ofIncident(asked) || !which(asked)) return undefined;
    seen += 1;
    return seen === n ? fault : undefined;
  };
}

/** How many calls one containment without faults makes. */
export async function callsOfOneRun(): Promise<number> {
  await using stage = await openStage();
  let calls = 0;
  faults(stage.account).push((asked) => {
    if (ofIncident(asked)) calls += 1;
    return undefined;
  });
  stage.scan(unused);
  await stage.settle();
  return calls;
}

/** One containment under a fault; then twenty minutes of sweeps without one. */
export async function containedDespite(rule: FaultRule): Promise<void> {
  await using stage = await openStage();
  faults(stage.account).push(rule);
  stage.scan(unused);
  await stage.settle();
  faults(stage.account).length = 0;
  await stage.pass(20 * 60);
  await stage.settle();
  expectOneContainment(stage);
}

function expectOneContainment(stage: Stage): void {
  expect(stage.heads().map(({ incident, state, outcome }) => ({ incident, state, outcome }))).toEqual([
    { incident: incidentOf(unused), state: 'resting', outcome: 'contained' },
  ]);
  expect(stage.head(unused).outbox).toEqual([]);
  expect(stage.statuses(unused.repository)).toEqual({ [unused.digest]: 'ARCHIVED' });
  expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(1);
  const changes = stage
    .table()
    .flatMap((item) => Object.entries(item))
    .filter(([name]) => name.startsWith('change:'))
    .map(([, value]) => value as unknown as StandingChange);
  expect(changes.map(({ before }) => before['status'])).toEqual([{ [unused.digest]: 'ACTIVE' }]);
  // Published at least once; a repeat after a crash has the same text.
  const told = stage.told().filter(({ subject }) => !subject.startsWith('ALARM'));
  expect(new Set(told.map(({ body }) => body)).size).toBe(1);
  expect(told.length).toBeLessThanOrEqual(2);
  expect(told.map(({ tier }) => tier)).not.toContain('page');
  expect(stage.records().map(({ result }) => result)).toEqual(['accepted']);
}
