import { canWait, containmentMs, containmentNetMs, type PlayedIncident } from '../tools/cost/incidents.ts';
import { costOf, GOAL_DOLLARS } from '../tools/cost/page.ts';
import type { Prices } from '../tools/cost/prices.ts';
import type { Figure } from './figure.ts';

const GOAL_SECONDS = 30;

/** Nearest rank: a value that was really there. NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

const seconds = (of: (played: PlayedIncident) => number | null, all: readonly PlayedIncident[]): readonly number[] =>
  all.flatMap((played) => {
    const ms = of(played);
    return ms === null ? [] : [ms / 1000];
  });

/**
 * From the delivery of an event until what it led to was read back as contained, in virtual AWS time. A host that is patched installs and reboots
 * for minutes, and nobody is at work on it: it is apart, and has no goal.
 */
export function containmentFigures(all: readonly PlayedIncident[]): readonly Figure[] {
  const urgent = all.filter((one) => !canWait(one));
  const net = seconds(containmentNetMs, urgent);
  const whole = seconds(containmentMs, urgent);
  const patching = seconds(containmentMs, all.filter(canWait));
  const cpu = all.filter((one) => containmentMs(one) !== null).map(({ cpuMs }) => cpuMs);
  return [
    { name: 'delivery to contained, p50, less 30 s between two reads', value: percentile(net, 50), unit: 's' },
    {
      name: 'delivery to contained, p95, less 30 s between two reads',
      value: percentile(net, 95),
      unit: 's',
      goal: { at: 'below', value: GOAL_SECONDS },
    },
    { name: 'delivery to contained, p50, all of it', value: percentile(whole, 50), unit: 's' },
    { name: 'delivery to contained, p95, all of it', value: percentile(whole, 95), unit: 's' },
    { name: 'delivery to a patched host, p50, all of it', value: percentile(patching, 50), unit: 's' },
    { name: 'our functions, real processor time for each, p50', value: percentile(cpu, 50), unit: 'ms' },
    { name: 'our functions, real processor time for each, p95', value: percentile(cpu, 95), unit: 'ms' },
  ];
}

export function costFigures(all: readonly PlayedIncident[], prices: Prices): readonly Figure[] {
  const costs = all.filter(({ direction }) => direction === 'do').map(({ usage }) => costOf(usage, prices));
  return [
    { name: 'cost of an incident, p50', value: percentile(costs, 50), unit: '$' },
    {
      name: 'cost of an incident, the dearest',
      value: percentile(costs, 100),
      unit: '$',
      goal: { at: 'most', value: GOAL_DOLLARS },
    },
  ];
}

/** One line for each incident that was contained: when which of its steps was read back. */
export const containmentLines = (all: readonly PlayedIncident[]): readonly string[] =>
  all.flatMap((played) => {
    const whole = containmentMs(played);
    if (whole === null) return [];
    const steps = played.contained.map(({ action, verifiedMs, absentMs }) => {
      const first = absentMs === null ? '' : `, read as gone first at ${(absentMs / 1000).toFixed(1)} s`;
      return `${action} at ${(verifiedMs / 1000).toFixed(1)} s${first}`;
    });
    return [
      `  ${played.scenario}, ${played.incident}: ${steps.join('; ')}; ${played.cpuMs.toFixed(0)} ms of processor time`,
    ];
  });
