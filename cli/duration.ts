import { UsageError } from './usage.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90m`, `2h`, `3d` in ms. Throws UsageError, also for longer than `mostDays`. */
export function durationMs(option: string, text: string, mostDays: number): number {
  const [, count = '', unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  if (unit === undefined) throw new UsageError(`${option} "${text}" is no duration: write 90m, 2h or 3d.`);
  const ms = Number(count) * unitMs[unit as keyof typeof unitMs];
  if (ms > mostDays * unitMs.d) throw new UsageError(`${option} ${text} is longer than ${mostDays} days.`);
  return ms;
}
