import { expect, it } from 'vitest';
import { embeddedMetrics } from '../../shared/platform/metric.ts';

it('is one line in the embedded metric format, with the stage as its dimension', () => {
  const lines: string[] = [];
  const now = new Date('2026-11-20T09:15:00.123Z');
  const metric = embeddedMetrics({ clock: { now: () => now }, stage: 'prod' }, (line) => lines.push(line));
  metric('CanaryReported', 1);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      _aws: {
        Timestamp: now.getTime(),
        CloudWatchMetrics: [
          { Namespace: 'Firebreak', Dimensions: [['Stage']], Metrics: [{ Name: 'CanaryReported', Unit: 'Count' }] },
        ],
      },
      Stage: 'prod',
      CanaryReported: 1,
    },
  ]);
  expect(lines[0]).not.toContain('\n');
});
