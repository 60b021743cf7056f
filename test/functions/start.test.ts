import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { load, names, needs, type Variable } from './environment.ts';

const functions = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'functions');
afterEach(() => vi.unstubAllEnvs());

it('every function is looked at here', () => {
  const folders = readdirSync(functions, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
});

describe.each(names)('%s', (name) => {
  it('starts with its own variables alone', async () => {
    expect(await load(name)).toBeTypeOf('function');
  });

  it.each(needs[name])('does not start without %s, and says so', async (variable) => {
    for (const value of [undefined, '']) {
      await expect(load(name, { [variable]: value })).rejects.toThrow(
        `Environment of this function: ${variable} is missing or empty. It is set in serverless.yml.`,
      );
    }
  });
});

describe('a broken variable', () => {
  const broken: readonly (readonly [(typeof names)[number], Variable, string])[] = [
    ['act', 'RESPONDER_ROLE', 'arn:aws:iam::123456789012:role/firebreak-dev-us-east-1-responder'],
    ['intake', 'STATE_MACHINE', 'firebreak-dev'],
    ['intake', 'STATE_MACHINE', 'arn:aws:states:us-east-1:123456789012:execution:firebreak-dev:x'],
    ['intake', 'DEAD_LETTERS', 'arn:aws:sqs:us-east-1:123456789012:dead'],
    ['guard', 'DEFAULT_MODE', 'Enforce'],
    ['report', 'PAGE_TOPIC', 'firebreak-dev-page'],
    ['report', 'STAGE', '${sls:stage}'],
  ];

  it.each(broken)('keeps %s from starting: %s = %s', async (name, variable, value) => {
    await expect(load(name, { [variable]: value })).rejects.toThrow(
      `${variable} is ${JSON.stringify(value)}, and must be`,
    );
  });
});
