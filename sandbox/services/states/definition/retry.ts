import * as z from 'zod';
import { referencePath } from './expression.ts';

const RESERVED: ReadonlySet<string> = new Set([
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
]);

const errorName = z
  .string()
  .refine((text) => !text.startsWith('States.') || RESERVED.has(text), 'is not an error name of the States Language');

const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(errorName).min(1),
  IntervalSeconds: z.int().min(1).max(99_999_999).optional(),
  MaxAttempts: z.int().min(0).max(99_999_999).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
});

const catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(errorName).min(1),
  Next: z.string(),
  ResultPath: referencePath.nullable().optional(),
});

/** States.ALL stands alone in its list, and that list last. */
function allIsLast(list: readonly { readonly ErrorEquals: readonly string[] }[], context: z.RefinementCtx): void {
  for (const [index, { ErrorEquals }] of list.entries()) {
    const path = [index, 'ErrorEquals'];
    if (!ErrorEquals.includes('States.ALL')) continue;
    if (ErrorEquals.length > 1) context.addIssue({ code: 'custom', path, message: 'States.ALL must stand alone' });
    if (index < list.length - 1) context.addIssue({ code: 'custom', path, message: 'States.ALL must come last' });
  }
}

export const retriers = z.array(retrier).superRefine(allIsLast);
export const catchers = z.array(catcher).superRefine(allIsLast);
