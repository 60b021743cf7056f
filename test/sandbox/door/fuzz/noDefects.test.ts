import { afterEach, describe, expect, it } from 'vitest';
import type { RestRequest } from '../../../../sandbox/account.ts';
import { understand } from '../../../../sandbox/door/serve.ts';
import type { RunningAccount } from '../../../../sandbox/kernel/kernel.ts';
import { services } from '../../../../sandbox/services.ts';
import { reads } from '../../../system/addresses/calls.ts';
import { inputs } from '../../operationInputs.ts';
import { arn, filledAccount } from './filledAccount.ts';
import { plainRequest, sent } from './sent.ts';
import { spoilt } from './spoilt.ts';

let running: RunningAccount | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const byName = new Map(services.map((service) => [service.name, service]));
const found = reads({
  stateMachineArn: arn('states', 'stateMachine:machine'),
  executionArn: arn('states', 'execution:machine:one'),
  table: 'incidents',
  bucket: 'evidence',
  objectKey: 'a',
  topicArn: arn('sns', 'page'),
  queueUrl: 'http://127.0.0.1/123456789012/intake',
  roleName: 'responder',
  policyName: 'own',
  taskArn: arn('ecs', 'task/prod/migration'),
  hostArn: arn('ecs', 'container-instance/prod/abc'),
  serviceArn: arn('ecs', 'service/prod/web'),
  revisionArn: arn('ecs', 'service-revision/prod/web/1'),
  deploymentArn: arn('ecs', 'service-deployment/prod/web/1'),
  ruleName: 'scans',
  ruleTarget: arn('sqs', 'intake'),
  targetGroupArn: arn('elasticloadbalancing', 'targetgroup/cart/0123456789abcdef'),
  repositoryArn: arn('ecr', 'repository/shop/web'),
  logStreamName: 'app/1',
  itemKey: { pk: { S: 'a' }, sk: { S: 'b' } },
  scriptCommand: '11111111-1111-4111-8111-111111111111',
  patchCommand: '11111111-1111-4111-8111-111111111112',
});

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

const operations = services
  .filter(({ protocol }) => !protocol.startsWith('rest-'))
  .flatMap((service) =>
    Object.keys(service.operations).map((operation) => ({ name: service.name, operation, service })),
  );

describe('whatever is sent, the sandbox answers and does not fail', () => {
  it.each(operations)('$name $operation', async ({ service, operation }) => {
    const known = [inputs[service.name]?.[operation] ?? [], found[service.name]?.[operation] ?? []].flat();
    function* requests(): Iterable<RestRequest> {
      for (const input of [...known, {}]) {
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
      for (const { service, operation } of operations) {
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
