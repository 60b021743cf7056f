import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scan } from '../finding/sampleEvent.ts';
import { explainedOne } from './explaining.ts';

const image = (pair: string) => `sha256:${pair.repeat(64)}`;
const folder = mkdtempSync(join(tmpdir(), 'firebreak-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An account file of two images, of which pods of cluster prod-eks run the second; the cluster lets in whom `entries` names. */
function fileOf(entries: readonly { readonly role: string; readonly groups: readonly string[] }[]): string {
  const images = [
    { digest: image('a'), tags: ['unused'] },
    { digest: image('b'), tags: ['running'] },
  ];
  const workloads = [
    { name: 'checkout', image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/payments/checkout-api:running' },
  ];
  const file = join(folder, 'pods.account.yaml');
  const repositories = [{ name: 'payments/checkout-api', images }];
  writeFileSync(
    file,
    JSON.stringify({ repositories, eksClusters: [{ name: 'prod-eks', accessEntries: entries, workloads }] }),
  );
  return file;
}

const entry = (role: string, group = 'firebreak:responder') => ({ role, groups: [group] });
const responder = 'firebreak-dev-us-east-1-responder';
const explainedOn = (pair: string, ...entries: Parameters<typeof fileOf>[0]) =>
  explainedOne(scan({ 'image-digest': image(pair) }), { account: fileOf(entries) });

describe('an image, explained on an account file with a cluster of EKS', () => {
  it.each([
    ['the responder', entry(responder)],
    ['the responder, by its ARN,', entry(`arn:aws:iam::123456789012:role/${responder}`)],
    ['the responder of another stage', entry('firebreak-prod-us-east-1-responder')],
  ])('that lets in %s is contained where no pod runs it, and held where one does', async (_who, one) => {
    expect(await explainedOn('a', entry('admin'), one)).toMatchObject({ decision: 'contain' });
    const used = await explainedOn('b', one);
    expect(used).toMatchObject({ decision: 'hold', reason: expect.stringContaining('it is in use') });
    expect(used.seen).toContainEqual(expect.stringContaining('prod-eks'));
  });

  it.each([
    ['nobody', [], 'Unauthorized'],
    ['other roles', [entry('admin')], 'Unauthorized'],
    ['a role that is named like ours here', [entry('firebreak-explain')], 'Unauthorized'],
    ['the responder of another Region', [entry('firebreak-dev-eu-west-1-responder')], 'Unauthorized'],
    ['the responder in another group', [entry(responder, 'viewers')], 'Forbidden'],
  ])('that lets in %s is held, because its pods cannot be read', async (_who, entries, why) => {
    const { decision, reason } = await explainedOn('a', ...entries);
    expect(decision).toBe('hold');
    expect(reason).toContain(`EKS cluster prod-eks: access denied (${why})`);
  });
});
