import * as z from 'zod';

const texts = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const scalar = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const scalars = z
  .union([scalar, z.array(scalar).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z
    .union([
      z.literal('*'),
      z.strictObject({ AWS: texts.optional(), Service: texts.optional(), Federated: texts.optional() }),
    ])
    .optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), scalars)).optional(),
});

/** The grammar of a policy document, as far as this account evaluates it: an unknown key is an error, never ignored. */
export const documentSchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).default('2008-10-17'),
  Id: z.string().optional(),
  Statement: z
    .union([statement, z.array(statement).min(1)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
});

export type WrittenStatement = z.output<typeof statement>;
