import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionOf, openRecorder } from './recorder.ts';

const of = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20261126/eu-west-1/${service}/aws4_request`,
});

describe('what a request asks for', () => {
  it.each([
    ['POST', '/', of('cloudformation'), 'Action=CreateChangeSet&Version=1', 'cloudformation:CreateChangeSet'],
    [
      'POST',
      '/',
      { ...of('ecr'), 'x-amz-target': 'AmazonEC2ContainerRegistry_V1.DescribeRepositories' },
      '{}',
      'ecr:DescribeRepositories',
    ],
    ['GET', '/2015-03-31/functions/firebreak-prod-act', of('lambda'), '', 'lambda:GetFunction'],
    ['GET', '/bucket/?list-type=2&prefix=serverless', of('s3'), '', 's3:ListBucket'],
    ['GET', '/bucket?versions=', of('s3'), '', 's3:ListBucketVersions'],
    ['PUT', '/bucket/a/b.zip?x-id=PutObject', of('s3'), '', 's3:PutObject'],
    ['HEAD', '/bucket/a/b.zip', of('s3'), '', 's3:GetObject'],
    ['POST', '/bucket/?delete=', of('s3'), '<Delete/>', 's3:DeleteObject'],
  ])('%s %s', (method, url, headers, body, action) => {
    expect(actionOf({ method, url, headers, body })).toBe(action);
  });

  it('is refused when nobody knows: it would be in no list of permissions', () => {
    const asked = { method: 'PUT', url: '/2015-03-31/functions/f/code', headers: of('lambda'), body: '' };
    expect(() => actionOf(asked)).toThrow('what does PUT /2015-03-31/functions/f/code of "lambda" ask for?');
  });
});

describe('the recorder', () => {
  const behind = createServer((request, answer) =>
    answer.writeHead(418, { 'x-was': request.url }).end('short and stout'),
  );
  beforeAll(() => new Promise<void>((listening) => behind.listen(0, '127.0.0.1', listening)));
  afterAll(() => behind.close());

  it('hands on and keeps what was asked, and answers 500 to what it cannot name', async () => {
    const recorder = await openRecorder(`http://127.0.0.1:${(behind.address() as AddressInfo).port}`);
    try {
      const answer = await fetch(`${recorder.endpoint}/bucket/key`, { headers: of('s3') });
      expect([answer.status, answer.headers.get('x-was'), await answer.text()]).toEqual([
        418,
        '/bucket/key',
        'short and stout',
      ]);
      const unknown = await fetch(`${recorder.endpoint}/`, { method: 'PATCH' });
      expect([unknown.status, await unknown.text()]).toEqual([500, expect.stringContaining('what does PATCH / of ""')]);
      expect(recorder.actions).toEqual(['s3:GetObject']);
    } finally {
      await recorder.close();
    }
  });
});
