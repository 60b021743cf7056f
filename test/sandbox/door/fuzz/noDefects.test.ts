import { afterEach, describe, expect, it } from 'vitest';
import type { RestRequest } from '../../../../sandbox/account.ts';
import { understand } from '../../../../sandbox/door/serve.ts';
import type { RunningAccount } from '../../../../sandbox/kernel/kernel.ts';
import { services } from '../../../../sandbox/services.ts';
import { filledAccount } from './filledAccount.ts';
import { knownOperations } from './knownOperations.ts';
import { plainRequest, sent } from './sent.ts';
import { spoilt } from './spoilt.ts';

let running: RunningAccount | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const byName = new Map(services.map((service) => [service.name, service]));
/** Answers with 500, each once, with the request that had it. */
async function defects(requests: Iterable<RestRequest>): Promise<readonly string[]> {
  running = filledAccount();
  const seen = new Map<string, string>();
  for (const request of requests) {
    const { status, body } = await understand(running.account, byName, request).answer('id');
    const words = body.toString();
    if (status >= 500 && !seen.has(words)) seen.set(words, request.body.toString().slice(0, 300));
  }
  // What was taken happens without a defect, too.
  await running.clock.advance(60_000);
  return [...seen].map(([words, asked]) => `${words} <- ${asked}`);
}

describe('whatever is sent, the sandbox answers and does not fail', () => {
  it.each(knownOperations)('$name $operation', async ({ service, operation, inputs }) => {
    function* requests(): Iterable<RestRequest> {
      for (const input of [...inputs, {}]) {
        for (const odd of spoilt(service.name, operation, input)) yield sent(service, operation, odd);
      }
    }
    expect(await defects(requests())).toEqual([]);
  });
});

const bodies = [
  '',
  'null',
  '5',
  '"x"',
  '[]',
  '[[',
  '{"a":',
  '\u0000',
  '{"__proto__":{"a":1}}',
  '['.repeat(50_000),
  '{"a":'.repeat(50_000),
];
const queries = [
  '',
  'max-keys=x',
  'max-keys=-1',
  'list-type=2&max-keys=x',
  'list-type=2&max-keys=-1',
  'list-type=2&continuation-token=*',
];
const more = [
  'max-buckets=x',
  'continuation-token=%00',
  'MaxItems=x',
  'MaxItems=-1',
  'Marker=x',
  'Qualifier=%00',
  'location',
  'prefix=%00',
  'delimiter=%00',
];

/** Every method on every kind of path, with odd queries and bodies. */
function* plain(service: string, paths: readonly string[]): Iterable<RestRequest> {
  for (const method of ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH']) {
    for (const path of paths) {
      for (const query of [...queries, ...more]) yield plainRequest(service, method, path, query, 'x');
      for (const body of bodies) yield plainRequest(service, method, path, 'list-type=2', body);
    }
  }
}

describe('whatever is sent to a path', () => {
  it('of S3', async () => {
    const paths = [
      '/',
      '/evidence',
      '/evidence/',
      '/evidence/a',
      '/none/a',
      '//',
      '/%',
      '/evidence/%00',
      `/evidence/${'a'.repeat(2000)}`,
      '/UPPER',
    ];
    expect(await defects(plain('s3', paths))).toEqual([]);
  });

  it('of Lambda', async () => {
    const functions = '/2015-03-31/functions';
    const names = [
      '',
      '/',
      '/none',
      '/none/invocations',
      '/%/invocations',
      '/arn:aws/invocations',
      '/%00',
      '/none/configuration',
    ];
    const paths = names.map((name) => `${functions}${name}`);
    expect(await defects(plain('lambda', paths))).toEqual([]);
  });

  it('of the other services, that is no object, no form or too deep', async () => {
    function* requests(): Iterable<RestRequest> {
      for (const { service, operation } of knownOperations) {
        const base = sent(service, operation, {});
        for (const body of bodies) yield { ...base, body: Buffer.from(body) };
        yield { ...base, body: Buffer.from([0xff, 0xfe, 0x00]) };
        const forms = [
          `A${'.1'.repeat(50_000)}=x`,
          'a=b&a.1=c',
          'Tags.member.x=1',
          '__proto__.a=1',
          'a.__proto__=1',
          '.=1',
          'a..b=1',
        ];
        for (const form of forms) yield { ...base, body: Buffer.from(`Action=${operation}&${form}`) };
      }
    }
    expect(await defects(requests())).toEqual([]);
  });
});
