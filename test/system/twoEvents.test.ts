import { describe, expect, it } from 'vitest';
import { incidentOf, running, unused } from './scan.ts';
import { firstDifference, hundredTimesEach, traceOf } from './twoEvents.ts';

describe.each([1, 2, 3])('both demo events, 100 times each, shuffled by seed %i', (seed) => {
  it('are one incident and one set of changes each, one message per state; again, they are the same trace', async () => {
    await using stage = await hundredTimesEach(seed);
    expect(stage.heads().map(({ incident, state, outcome }) => [incident, state, outcome])).toEqual([
      [incidentOf(unused), 'resting', 'contained'],
      [incidentOf(running), 'resting', 'held'],
    ]);
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(1);
    expect(stage.statuses(unused.repository)).toEqual({ [unused.digest]: 'ARCHIVED' });
    expect(stage.statuses(running.repository)).toEqual({ [running.digest]: 'ACTIVE' });
    expect(
      stage
        .told()
        .map(({ tier, subject }) => `${tier} ${subject}`)
        .toSorted(),
    ).toEqual([
      'digest NO ACTION: payments/checkout-api contained, 3f1c9e0d5a7b us-east-1 123456789012',
      'notice NO ACTION: payments/ledger held, needs you, 8a2b6c4d0e1f us-east-1 123456789012',
    ]);
    // One record per envelope id: the scans, each delivered a hundred times.
    expect(stage.records().map(({ result, incident }) => [result, incident])).toEqual(
      expect.arrayContaining([
        ['accepted', incidentOf(unused)],
        ['accepted', incidentOf(running)],
      ]),
    );
    expect(stage.records()).toHaveLength(2);

    await using again = await hundredTimesEach(seed);
    expect(firstDifference(traceOf(stage), traceOf(again))).toBeUndefined();
  });
});

describe('the comparison of traces', () => {
  it('sees one byte', () => {
    expect(firstDifference('a\nb', 'a\nb')).toBeUndefined();
    expect(firstDifference('a\nb', 'a\nc')).toBe('line 2: b | c');
  });
});
