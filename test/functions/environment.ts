import { vi } from 'vitest';

/** The environment that the template gives the functions, all of it. */
const everything = {
  AWS_REGION: 'us-east-1',
  STAGE: 'dev',
  TABLE: 'incidents',
  BUCKET: 'evidence-bucket',
  STATE_MACHINE: 'arn:aws:states:us-east-1:123456789012:stateMachine:firebreak-dev',
  PAGE_TOPIC: 'arn:aws:sns:us-east-1:123456789012:firebreak-dev-page',
  NOTICE_TOPIC: 'arn:aws:sns:us-east-1:123456789012:firebreak-dev-notice',
  DIGEST_TOPIC: 'arn:aws:sns:us-east-1:123456789012:firebreak-dev-digest',
  RESPONDER_ROLE: 'arn:aws:iam::{account}:role/firebreak-dev-us-east-1-responder',
  SOURCE: 'imageScan',
  DEAD_LETTERS: 'https://sqs.us-east-1.amazonaws.com/123456789012/dead',
  DEFAULT_MODE: 'observe',
  CHAT_TOPIC: 'arn:aws:sns:us-east-1:123456789012:firebreak-dev-chat',
  CHANNEL_QUEUE: 'https://sqs.us-east-1.amazonaws.com/123456789012/channels',
  CONSOLE_URL: 'https://abc.lambda-url.us-east-1.on.aws/',
} as const;
export type Variable = keyof typeof everything;

const base = ['AWS_REGION', 'STAGE', 'TABLE'] as const;
const topics = ['PAGE_TOPIC', 'NOTICE_TOPIC', 'DIGEST_TOPIC'] as const;

/** What each function needs, and nothing that it does not. */
export const needs = {
  intake: [...base, 'BUCKET', 'STATE_MACHINE', 'SOURCE', 'DEAD_LETTERS'],
  decide: [...base, 'BUCKET', 'RESPONDER_ROLE'],
  act: [...base, 'BUCKET', 'RESPONDER_ROLE'],
  verify: [...base, 'BUCKET', 'RESPONDER_ROLE'],
  report: [...base, 'BUCKET', 'STATE_MACHINE', ...topics, 'CONSOLE_URL'],
  sweep: [...base, 'BUCKET', 'STATE_MACHINE', ...topics, 'CONSOLE_URL'],
  runEnded: [...base, 'STATE_MACHINE', ...topics, 'CONSOLE_URL'],
  console: [...base, 'BUCKET', 'STATE_MACHINE'],
  guard: [...base, 'BUCKET', 'DEFAULT_MODE', 'NOTICE_TOPIC'],
  inventory: [...base, 'BUCKET'],
  wake: base,
  channel: [...base, ...topics, 'CHAT_TOPIC', 'CHANNEL_QUEUE'],
} as const satisfies Record<string, readonly Variable[]>;
export type FunctionName = keyof typeof needs;
export const names = Object.keys(needs) as readonly FunctionName[];

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** A handler as Lambda loads it: anew, with its own variables and no other. `change` replaces or takes away some. */
export async function load(
  name: FunctionName,
  change: { readonly [V in Variable]?: string | undefined } = {},
  remainingMs = 1000,
): Promise<(event: unknown) => Promise<unknown>> {
  vi.resetModules();
  const own: readonly Variable[] = needs[name];
  for (const variable of Object.keys(everything) as readonly Variable[]) {
    const given = own.includes(variable) ? everything[variable] : undefined;
    vi.stubEnv(variable, Object.hasOwn(change, variable) ? change[variable] : given);
  }
  const { handler } = (await import(`../../functions/${name}/handler.ts`)) as { readonly handler: Handler };
  return (event) => handler(event, { awsRequestId: 'request-1', getRemainingTimeInMillis: () => remainingMs });
}
