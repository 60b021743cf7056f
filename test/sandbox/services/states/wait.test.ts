import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../shared/platform/json.ts';
import { stage } from './stage.ts';

const waited = async (state: object, input: Json = {}): Promise<number> => {
  const definition = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', End: true, ...state } } };
  const { status, stoppedAt = 0, startedAt } = await stage(definition).run(input, 3_600_000);
  return status === 'SUCCEEDED' ? (stoppedAt - startedAt) / 1000 : Number.NaN;
};

describe('Wait', () => {
  test.each([
    ['Seconds', { Seconds: 90 }, {}, 90],
    ['SecondsPath', { SecondsPath: '$.s' }, { s: 5 }, 5],
    ['Timestamp', { Timestamp: '2026-11-24T08:10:00Z' }, {}, 600],
    ['TimestampPath', { TimestampPath: '$.at' }, { at: '2026-11-24T08:00:01Z' }, 1],
    ['a time that has passed', { Timestamp: '2020-01-01T00:00:00Z' }, {}, 0],
  ])('%s', async (_, state, input, seconds) => {
    expect(await waited(state, input)).toBe(seconds);
  });

  test.each([
    [{ SecondsPath: '$.s' }, { s: '5' }],
    [{ SecondsPath: '$.s' }, { s: -1 }],
    [{ TimestampPath: '$.at' }, { at: 'tomorrow' }],
  ])('%j of %j is a fault of the machine', async (state, input) => {
    expect(await waited(state, input)).toBeNaN();
  });
});
