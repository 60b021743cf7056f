import * as z from 'zod';
import type { Json, JsonObject } from '../../../../shared/platform/json.ts';
import { conditionProblems } from '../choice/condition.ts';
import { epochOf } from '../choice/timestamp.ts';
import { path, pathOrIntrinsic, referencePath, template } from './expression.ts';
import { catchers, retriers } from './retry.ts';
import type { Definition, State } from './types.ts';

const YEAR_SECONDS = 31_536_000;
const language = z.literal('JSONPath', { error: 'only JSONPath is supported here (AWS has JSONata, too)' }).optional();
const name = z.string().min(1).max(80);
const seconds = z.int().min(1).max(YEAR_SECONDS);

const documented = { Comment: z.string().optional(), QueryLanguage: language };
const common = { ...documented, InputPath: path.nullable().optional(), OutputPath: path.nullable().optional() };
const flowing = { ...common, Next: name.optional(), End: z.literal(true).optional() };
const guarded = {
  ...flowing,
  ResultSelector: template.optional(),
  ResultPath: referencePath.nullable().optional(),
  Retry: retriers.optional(),
  Catch: catchers.optional(),
};

/** Fails unless as many of the members as `allowed` says are there. */
const oneOf =
  (members: readonly string[], allowed: 'one' | 'at most one') =>
  (value: object, context: z.RefinementCtx): void => {
    const given = members.filter((member) => (value as { [key: string]: unknown })[member] !== undefined);
    if (given.length === 1 || (given.length === 0 && allowed === 'at most one')) return;
    context.addIssue({ code: 'custom', message: `must have ${allowed} of ${members.join(', ')}` });
  };
const nextOrEnd = oneOf(['Next', 'End'], 'one');

const task = z
  .strictObject({
    ...guarded,
    Type: z.literal('Task'),
    Resource: z.string(),
    Parameters: template.optional(),
    TimeoutSeconds: seconds.optional(),
    TimeoutSecondsPath: referencePath.optional(),
    HeartbeatSeconds: seconds.optional(),
    HeartbeatSecondsPath: referencePath.optional(),
  })
  .superRefine(nextOrEnd)
  .superRefine(oneOf(['TimeoutSeconds', 'TimeoutSecondsPath'], 'at most one'))
  .superRefine(oneOf(['HeartbeatSeconds', 'HeartbeatSecondsPath'], 'at most one'))
  .refine((state) => (state.HeartbeatSeconds ?? 0) < (state.TimeoutSeconds ?? Number.POSITIVE_INFINITY), {
    path: ['HeartbeatSeconds'],
    error: 'must be smaller than TimeoutSeconds',
  });

const pass = z
  .strictObject({
    ...flowing,
    Type: z.literal('Pass'),
    Parameters: template.optional(),
    Result: z.custom<Json>().optional(),
    ResultPath: referencePath.nullable().optional(),
  })
  .superRefine(nextOrEnd);

const wait = z
  .strictObject({
    ...flowing,
    Type: z.literal('Wait'),
    Seconds: z.int().min(0).max(YEAR_SECONDS).optional(),
    SecondsPath: referencePath.optional(),
    Timestamp: z
      .string()
      .refine((text) => epochOf(text) !== undefined, 'must be an RFC 3339 timestamp')
      .optional(),
    TimestampPath: referencePath.optional(),
  })
  .superRefine(nextOrEnd)
  .superRefine(oneOf(['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'], 'one'));

const rule = z
  .custom<JsonObject & { readonly Next: string }>((value) => typeof value === 'object' && value !== null)
  .superRefine((value, context) => {
    for (const problem of conditionProblems(value, true)) {
      context.addIssue({ code: 'custom', path: [...problem.path], message: problem.message });
    }
    if (typeof value.Next !== 'string')
      context.addIssue({ code: 'custom', path: ['Next'], message: 'must be a string' });
  });

const choice = z.strictObject({
  ...common,
  Type: z.literal('Choice'),
  Choices: z.array(rule).min(1),
  Default: name.optional(),
});

const succeed = z.strictObject({ ...common, Type: z.literal('Succeed') });
const fail = z
  .strictObject({
    ...documented,
    Type: z.literal('Fail'),
    Error: z.string().optional(),
    ErrorPath: pathOrIntrinsic.optional(),
    Cause: z.string().optional(),
    CausePath: pathOrIntrinsic.optional(),
  })
  .superRefine(oneOf(['Error', 'ErrorPath'], 'at most one'))
  .superRefine(oneOf(['Cause', 'CausePath'], 'at most one'));

const blockShape = {
  Comment: z.string().optional(),
  QueryLanguage: language,
  StartAt: name,
  States: z.record(
    name,
    z.lazy((): z.ZodType<State> => state),
  ),
};
const block = z.strictObject(blockShape);
const processor = z.strictObject({
  ...blockShape,
  ProcessorConfig: z
    .strictObject({ Mode: z.literal('INLINE', { error: 'only INLINE maps are supported here' }) })
    .optional(),
});

const parallel = z
  .strictObject({
    ...guarded,
    Type: z.literal('Parallel'),
    Parameters: template.optional(),
    Branches: z.array(block).min(1),
  })
  .superRefine(nextOrEnd);

const map = z
  .strictObject({
    ...guarded,
    Type: z.literal('Map'),
    ItemsPath: path.optional(),
    ItemSelector: template.optional(),
    Parameters: template.optional(),
    ItemProcessor: processor.optional(),
    Iterator: block.optional(),
    MaxConcurrency: z.int().min(0).optional(),
    MaxConcurrencyPath: referencePath.optional(),
  })
  .superRefine(nextOrEnd)
  .superRefine(oneOf(['ItemProcessor', 'Iterator'], 'one'))
  .superRefine(oneOf(['ItemSelector', 'Parameters'], 'at most one'))
  .superRefine(oneOf(['MaxConcurrency', 'MaxConcurrencyPath'], 'at most one'));

const state: z.ZodType<State> = z.discriminatedUnion('Type', [task, map, parallel, pass, wait, choice, succeed, fail]);

/** The shape of a definition: known members only, each of its type. What refers to what is checked in graph.ts. */
export const definitionSchema: z.ZodType<Definition> = z.strictObject({
  ...blockShape,
  Version: z.literal('1.0').optional(),
  TimeoutSeconds: seconds.optional(),
});
