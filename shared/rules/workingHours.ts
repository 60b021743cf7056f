import { windowsAround } from './freeze.ts';
import type { WorkingHours } from './rule.ts';

/** When somebody is at work again, at a moment at which nobody is; null where somebody is. Pure. */
export function opensAt(hours: WorkingHours, now: Date): Date | null {
  const nowMs = now.getTime();
  const windows = windowsAround(hours, nowMs, 8);
  if (windows.some(({ start, end }) => start <= nowMs && nowMs < end)) return null;
  const next = windows.map(({ start }) => start).filter((start) => start > nowMs);
  return next.length === 0 ? null : new Date(Math.min(...next));
}
