import type { Form } from '../shared/platform/env.ts';

/** The variables that serverless.yml sets, by what they are for; each function reads those that it needs, once. */
const topic: Form = { pattern: /^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/, what: 'the ARN of a topic' };

export const base = {
  AWS_REGION: { pattern: /^[a-z0-9-]+$/, what: 'the name of a Region' },
  STAGE: { pattern: /^[A-Za-z0-9-]{1,64}$/, what: 'the name of a stage' },
  TABLE: { pattern: /^[\w.-]{3,255}$/, what: 'the name of a table' },
} satisfies Record<string, Form>;

export const bucket = {
  BUCKET: { pattern: /^[a-z0-9.-]{3,63}$/, what: 'the name of a bucket' },
} satisfies Record<string, Form>;

export const machine = {
  STATE_MACHINE: {
    pattern: /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:[^:]+$/,
    what: 'the ARN of a state machine',
  },
} satisfies Record<string, Form>;

export const notice = { NOTICE_TOPIC: topic } satisfies Record<string, Form>;
export const topics = { PAGE_TOPIC: topic, ...notice, DIGEST_TOPIC: topic } satisfies Record<string, Form>;

export const channels = {
  CHAT_TOPIC: topic,
  CHANNEL_QUEUE: { pattern: /^https?:\/\/\S+$/, what: 'the URL of a queue' },
} satisfies Record<string, Form>;

export const consoleAddress = {
  CONSOLE_URL: { pattern: /^(off|https?:\/\/[^\s/]+\/)$/, what: 'the address of the console, or off' },
} satisfies Record<string, Form>;

export const responder = {
  // Without the placeholder, a target of another account would be acted upon in the account that the ARN names.
  RESPONDER_ROLE: {
    pattern: /^arn:[^:]+:iam::\{account\}:role\/.+$/,
    what: 'the ARN of a role with {account} in the place of the account',
  },
} satisfies Record<string, Form>;

export const source = {
  SOURCE: { pattern: /^[a-zA-Z]+$/, what: 'the name of a source' },
  DEAD_LETTERS: { pattern: /^https?:\/\/\S+$/, what: 'the URL of a queue' },
} satisfies Record<string, Form>;

export const defaultMode = {
  DEFAULT_MODE: { pattern: /^(enforce|observe)$/, what: 'enforce or observe' },
} satisfies Record<string, Form>;
