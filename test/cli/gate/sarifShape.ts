import * as z from 'zod';

/**
 * The part of SARIF 2.1.0 (OASIS, sarif-schema-2.1.0.json) that is used, strict: a property that the standard does not have is a problem. What GitHub's code
 * scanning wants beyond it ("SARIF support for code scanning") is wanted here: a location in a file, with a line.
 */
const message = z.strictObject({ text: z.string().min(1) });
const bag = z.record(z.string(), z.unknown());
const uri = z.string().refine((text) => {
  try {
    return new URL(text, 'file:///').href.length > 0 && !/[\s<>"{}|\\^`]/.test(text);
  } catch {
    return false;
  }
}, 'no URI reference');

const result = z.strictObject({
  ruleId: z.string().min(1),
  ruleIndex: z.int().min(-1),
  level: z.enum(['none', 'note', 'warning', 'error']),
  message,
  locations: z
    .array(
      z.strictObject({
        physicalLocation: z.strictObject({
          artifactLocation: z.strictObject({ uri }),
          region: z.strictObject({ startLine: z.int().min(1) }),
        }),
        logicalLocations: z.array(z.strictObject({ fullyQualifiedName: z.string(), kind: z.string() })),
      }),
    )
    .min(1),
  partialFingerprints: z.record(z.string(), z.string()),
  properties: bag,
});

const run = z
  .strictObject({
    tool: z.strictObject({
      driver: z.strictObject({
        name: z.string().min(1),
        rules: z.array(z.strictObject({ id: z.string().min(1), shortDescription: message })),
      }),
    }),
    results: z.array(result),
    properties: bag,
  })
  .refine(
    ({ tool, results }) => results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId),
    'ruleIndex must be that of ruleId',
  )
  .refine(
    ({ tool }) => new Set(tool.driver.rules.map(({ id }) => id)).size === tool.driver.rules.length,
    'each rule stands once',
  );

const log = z.strictObject({ $schema: z.url(), version: z.literal('2.1.0'), runs: z.array(run).min(1) });

/** What is wrong with a SARIF log; empty where nothing is. */
export const sarifProblems = (value: unknown): readonly string[] =>
  (log.safeParse(value).error?.issues ?? []).map(({ path, message: text }) => `${path.join('.')}: ${text}`);
