import { InvalidArgumentError } from 'commander';
import { parseDate } from '../../shared/finding/dates.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const longestDays = 3_650;

/** A moment as people write it in an option: `30d`, `12h` or `90m` before now, a day (UTC), or a time. */
export function moment(text: string, now: Date): Date {
  const [, count, unit] = /^(\d{1,9})([mhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    const ms = Number(count) * unitMs[unit as keyof typeof unitMs];
    if (ms <= longestDays * unitMs.d) return new Date(now.getTime() - ms);
  }
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(`${text}T00:00:00Z`) : null;
  const at = iso ?? (/^\d{4}-\d{2}-\d{2}T/.test(text) ? parseDate(text) : null);
  if (at !== null) return new Date(at);
  throw new InvalidArgumentError(
    'It must be 30d, 12h, 90m, a day such as 2026-11-20, or a time such as 2026-11-20T09:14:03Z.',
  );
}
