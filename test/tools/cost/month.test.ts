import { describe, expect, it } from 'vitest';
import { containmentFigures } from '../../../bench/containment.ts';
import type { Template } from '../../../sandbox/template/deploy.ts';
import type { PlayedIncident } from '../../../tools/cost/incidents.ts';
import { containmentMs, containmentNetMs } from '../../../tools/cost/incidents.ts';
import { MIX, meanContainment, monthOf, standing } from '../../../tools/cost/month.ts';
import { nothing } from '../../../tools/cost/usage.ts';

const resources = (types: readonly string[]): Template =>
  ({ Resources: Object.fromEntries(types.map((Type, n) => [`R${n}`, { Type, Properties: {} }])) }) as Template;

const played = (transitions: number, contained: PlayedIncident['contained']): PlayedIncident => ({
  ...{ scenario: 's', step: 't', incident: 'image a', direction: 'do', outcome: 'contained', runs: 1, cpuMs: 1 },
  usage: { ...nothing, transitions },
  contained,
});

describe('a month', () => {
  it('is the mix of so many events, and what stands whatever happens', () => {
    expect(Object.values(MIX).reduce((sum, share) => sum + share, 0)).toBe(1000);
    const each = {
      repeated: { ...nothing, invocations: 1 },
      ignored: { ...nothing, transitions: 6 },
      observed: { ...nothing, transitions: 7 },
      contained: { ...nothing, transitions: 20 },
    };
    const fixed = standing(resources([]), { ...nothing, invocations: 72 });
    expect(monthOf(1000, each, fixed)).toMatchObject({
      invocations: 72 * 730 + 600,
      transitions: 250 * 6 + 140 * 7 + 10 * 20,
      alarms: 0,
    });
  });

  it('has polls for each queue that Lambda reads, alarms, and a key for each function', () => {
    const template = resources([
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::EventSourceMapping',
      'AWS::CloudWatch::Alarm',
      'AWS::Lambda::Function',
    ]);
    const { usage, more } = standing(template, { ...nothing, tableBytes: 10, bucketBytes: 10 });
    expect(usage).toMatchObject({ queueRequests: 2 * 900 * 730, tableBytes: 0, bucketBytes: 0 });
    expect(more).toEqual({ alarms: 1, metrics: 0, kmsRequests: 12 * 730 });
  });

  it('has each metric of ours once, and none of AWS', () => {
    const on = (Namespace: string, MetricName: string) => ({
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Namespace, MetricName },
    });
    const alarms = [on('Firebreak', 'A'), on('Firebreak', 'A'), on('Firebreak', 'B'), on('AWS/SQS', 'C')];
    const template = { Resources: Object.fromEntries(alarms.map((one, n) => [`R${n}`, one])) } as Template;
    expect(standing(template, nothing).more).toMatchObject({ alarms: 4, metrics: 2 });
  });
});

describe('a containment', () => {
  const stop = { action: 'ecs.contain-service', canWait: false, verifiedMs: 79_000, absentMs: 32_000 };
  const archive = { action: 'ecr.quarantine-image', canWait: false, verifiedMs: 81_000, absentMs: null };
  const patch = { action: 'ssm.patch-hosts', canWait: true, verifiedMs: 300_000, absentMs: null };

  it('lasts until the last thing is read back, less 30 s for each absence that is read twice', () => {
    expect(containmentMs(played(1, [archive, stop]))).toBe(81_000);
    expect(containmentNetMs(played(1, [archive, stop]))).toBe(51_000);
    expect(containmentNetMs(played(1, [archive]))).toBe(81_000);
    expect(containmentMs(played(1, []))).toBeNull();
  });

  it('of a host is apart from those of which somebody waits for the end', () => {
    const figures = containmentFigures([played(1, [stop]), played(1, [archive]), played(1, [patch]), played(1, [])]);
    const figure = (name: string) => figures.find((one) => one.name === name)?.value;
    expect(figure('delivery to contained, p95, all of it')).toBe(81);
    expect(figure('delivery to contained, p95, less 30 s between two reads')).toBe(81);
    expect(figure('delivery to a patched host, p50, all of it')).toBe(300);
  });

  it('has a mean over those that contain something, and none without any', () => {
    expect(meanContainment([played(10, [stop]), played(20, [archive]), played(90, [])]).transitions).toBe(15);
    expect(() => meanContainment([played(90, [])])).toThrow('contains nothing');
  });
});
