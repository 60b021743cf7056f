import * as z from 'zod';
import { closest } from './closest.ts';
import { momentOf } from './freeze.ts';
import { type DigestTime, type Freeze, type WorkingHours, weekdays } from './rule.ts';
import { isTimeZone } from './wallClock.ts';

const forms = '18:00, fri 18:00 or 2026-12-20T00:00';

const moment = z.string().refine((text) => momentOf(text) !== undefined, `must be written like ${forms}`);

const timeZone = z.string().check((context) => {
  if (isTimeZone(context.value)) return;
  const near = closest(context.value, Intl.supportedValuesOf('timeZone'));
  const hint = near.startsWith('one of') ? 'write it like Europe/Berlin' : near;
  context.issues.push({ code: 'custom', input: context.value, message: `is no time zone that is known: ${hint}` });
});

const timeOfDay = z.string().refine((text) => momentOf(text)?.kind === 'day', 'must be a time of day like 09:00');

/** Working hours, the same for what is written and what is stored. */
export const workingHoursSchema: z.ZodType<WorkingHours> = z
  .strictObject({
    timeZone,
    days: z.array(z.enum(weekdays)).min(1, 'must name at least one day; leave it out for all').exactOptional(),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine(({ from, to }) => from !== to, 'must begin and end at different times; leave workingHours out for all day');

/** The hour of the digest, the same for what is written and what is stored. */
export const digestSchema = z.strictObject({ at: timeOfDay, timeZone }) satisfies z.ZodType<DigestTime>;

/** A freeze window, the same for what is written and what is stored. */
export const freezeSchema = (name: z.ZodType<string>): z.ZodType<Freeze> =>
  z
    .strictObject({
      name,
      timeZone,
      days: z.array(z.enum(weekdays)).min(1, 'must name at least one day; leave it out for all').exactOptional(),
      from: moment,
      to: moment,
      rules: z.array(name).min(1, 'must name at least one rule; leave it out for all').exactOptional(),
    })
    .check(({ value, issues }) => {
      const [from, to] = [momentOf(value.from), momentOf(value.to)];
      if (from === undefined || to === undefined) return;
      const wrong = (path: string, message: string): void => {
        issues.push({ code: 'custom', input: value, path: [path], message });
      };
      if (from.kind !== to.kind) wrong('to', `must be of the same form as from (${value.from})`);
      if (from.kind !== 'day' && value.days !== undefined) wrong('days', 'goes with times of day alone, such as 18:00');
      if (from.kind === 'once' && to.kind === 'once' && to.wallMs <= from.wallMs)
        wrong('to', 'must be later than from');
    });
