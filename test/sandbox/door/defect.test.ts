import { expect, it } from 'vitest';
import { operation, type Service } from '../../../sandbox/account.ts';
import { defect } from '../../../sandbox/door/defect.ts';
import { clientOptions, throughDoor } from '../services/throughDoor.ts';

it('is one sentence with what and where, without a stack or a path of the machine', () => {
  const error = new TypeError('x is not a function\nof y');
  error.stack = `TypeError: x is not a function
of y
    at parse (node:internal/url:1:2)
    at Object.walk (file:///home/me/firebreak/node_modules/dynalite/index.js:10:3)
    at async run (file:///home/me/firebreak/sandbox/services/ecs/runTask.ts:41:7)
    at answer (file:///home/me/firebreak/sandbox/door/serve.ts:120:5)`;
  expect(defect(error)).toBe(
    'The sandbox failed at sandbox/services/ecs/runTask.ts:41: TypeError: x is not a function',
  );
});

it('tells a bundle’s place, and does without any', () => {
  const error = new Error('no');
  error.stack = 'Error: no\n    at /opt/firebreak/dist/cli.cjs:7:12345';
  expect(defect(error)).toBe('The sandbox failed at dist/cli.cjs:7: Error: no');
  error.stack = 'Error: no\n    at native';
  expect(defect(error)).toBe('The sandbox failed: Error: no');
  expect(defect('text')).toBe('The sandbox failed: what was thrown is no error.');
});

it('reaches a client as InternalFailure', async () => {
  const broken: Service = {
    name: 'tally',
    protocol: 'json-1.1',
    operations: {
      Count: operation(
        () => [{ action: 'tally:Count', resource: '*' }],
        () => {
          throw new RangeError('too far');
        },
      ),
    },
  };
  await throughDoor([broken], async ({ account }) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${clientOptions(account).credentials.accessKeyId}/20261124/eu-west-1/tally/aws4_request`;
    const headers = { authorization, 'x-amz-target': 'Tally.Count' };
    const response = await fetch(account.endpoint, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(500);
    const { message, __type } = (await response.json()) as { message: string; __type: string };
    expect(__type).toBe('InternalFailure');
    expect(message).toMatch(/^The sandbox failed at sandbox\/door\/defect\.test\.ts:\d+: RangeError: too far$/);
  });
});
