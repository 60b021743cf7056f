import * as z from 'zod';
import { isSchedule } from '../services/eventbridge/schedule/schedule.ts';

const bounds = {
  min: z.number().int().min(0).describe('Lowest count that autoscaling sets.'),
  max: z.number().int().min(0).max(5000).describe('Highest count that autoscaling sets.'),
};

const inOrder = ({ min, max }: { readonly min: number; readonly max: number }): boolean => min <= max;
const outOfOrder = { path: ['min'], message: 'must not be above max' };

const scheduled = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,256}$/, 'must be 1 to 256 letters, digits, hyphens or underscores')
      .describe('Name of the scheduled action.'),
    schedule: z
      .string()
      .refine(isSchedule, 'is no schedule; write rate(1 day) or cron(0 3 * * ? *)')
      .describe('When it sets its bounds: rate(…) or cron(…), in UTC.'),
    ...bounds,
  })
  .refine(inOrder, outOfOrder);

/** How a service is scaled: its scalable target, with a count to ask for a policy, and scheduled actions. */
export const autoscaling = z
  .strictObject({
    ...bounds,
    target: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe(
        'The count that the metric of a target-tracking policy asks for: once a minute the service is set to it, within min and max. Without it there is no policy.',
      ),
    scheduled: z.array(scheduled).default([]).describe('Scheduled actions: other bounds from a time on.'),
  })
  .refine(inOrder, outOfOrder)
  .optional()
  .describe('Application Auto Scaling of the service. Without it: none.');
