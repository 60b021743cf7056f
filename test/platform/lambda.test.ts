import { beforeEach, describe, expect, it } from 'vitest';
import { InvalidRules, StaleRun } from '../../shared/platform/errors.ts';
import { lambdaHandler } from '../../shared/platform/lambda.ts';
import type { Log } from '../../shared/platform/log.ts';

type Line = { readonly message: string; readonly fields: { readonly [name: string]: unknown } };
const lines: Line[] = [];
const add = (message: string, fields = {}): void => {
  lines.push({ message, fields });
};
const log: Log = { info: add, warn: add, error: add };
const invocation = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 1000 };

beforeEach(() => {
  lines.length = 0;
});

describe('a handler', () => {
  it('hands over the event and answers what the function answers', async () => {
    const handler = lambdaHandler<{ n: number }, number>(
      log,
      async ({ n }, { awsRequestId }) => n + awsRequestId.length,
    );
    expect(await handler({ n: 1 }, invocation)).toBe(10);
    expect(lines).toEqual([]);
  });

  it('lets an error go on unchanged: the state machine decides by its name', async () => {
    const error = new StaleRun('Run r lost i');
    await expect(lambdaHandler(log, () => Promise.reject(error))({}, invocation)).rejects.toBe(error);
    expect(error.name).toBe('StaleRun');
  });

  it('writes one line about it, with evidence and cause', async () => {
    const cause = new TypeError('no such key');
    const error = new InvalidRules('No rules', { evidence: { hash: 7 }, cause });
    await expect(lambdaHandler(log, () => Promise.reject(error))({}, invocation)).rejects.toBe(error);
    expect(lines).toEqual([
      {
        message: 'call failed',
        fields: {
          error: 'InvalidRules',
          reason: 'No rules',
          evidence: { hash: 7 },
          causeName: 'TypeError',
          cause: 'no such key',
          request: 'request-1',
        },
      },
    ]);
  });

  it('writes nothing else of an error: what the SDK hangs on one may hold a signed request', async () => {
    const error = Object.assign(new Error('x'), { $response: { headers: { authorization: 'hunter2' } } });
    await expect(lambdaHandler(log, () => Promise.reject(error))({}, invocation)).rejects.toBe(error);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('takes what is no error at all', async () => {
    await expect(lambdaHandler(log, () => Promise.reject('text'))({}, invocation)).rejects.toBe('text');
    expect(lines).toHaveLength(1);
  });
});
