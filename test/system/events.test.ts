import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../sandbox/account.ts';
import { credentialsFor, rootCredentials } from '../../sandbox/iam/credentials.ts';
import { createRole } from '../../sandbox/iam/roles.ts';
import { bucketByName, objectsOf } from '../../sandbox/services/s3/buckets.ts';
import { archivedEvents } from './archived.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { plain, plainImages } from './plainImages.ts';
import { refuse, relent } from './refusals.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let folder: string;
const slow = new AwsError('SlowDown', 'Please reduce your request rate.', 503);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-export-'));
  stage = await openStage({ world: plainImages });
});
afterEach(() => relent(stage));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stage[Symbol.asyncDispose]();
});

const bucket = () => stage.sandbox.stack.outputs['EvidenceBucketName'] ?? '';
const iso = (offsetSeconds = 0) => new Date(stage.account.clock.now() + offsetSeconds * 1000).toISOString();

function run(args: readonly string[], credentials = rootCredentials(stage.account)): Promise<Ran> {
  return firebreak(['events', 'export', ...args], { env: environmentOf(stage.account, credentials) });
}
const linesOf = (text: string) => text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

describe('the archive of events', () => {
  it('has what was taken in, after the table had it all, and export writes each once, redacted', async () => {
    const since = iso(-1);
    const scan = stage.scan(plain('a'), {}, 2);
    await stage.pass(30);
    stage.deliver({ ...scan, id: 'second', detail: { ...(scan['detail'] as object), note: 's3cret' } });
    await stage.pass(60);
    expect(archivedEvents(stage).map(({ id }) => id)).toEqual([scan['id'], scan['id'], 'second']);
    const puts = stage.account.trail.findIndex(
      ({ action, resource }) => action === 's3:PutObject' && resource.includes('/events/'),
    );
    const records = stage.account.trail.findIndex(
      ({ action, principal }) => action === 'dynamodb:PutItem' && principal.endsWith('imageScan'),
    );
    const started = stage.account.trail.findIndex(({ action }) => action === 'states:StartExecution');
    expect(Math.max(records, started)).toBeLessThan(puts);

    const redacted = await run(['--since', since, '--until', iso(1)]);
    expect(redacted).toMatchObject({ exit: 0 });
    expect(linesOf(redacted.out).map(({ id }) => id)).toEqual([scan['id'], 'second']);
    expect(redacted.out).not.toContain('s3cret');
    expect(redacted.err).toMatch(
      /^2 events of stage dev, taken in from .*\n1 repeat left out: delivered more than once\.\n$/,
    );

    const file = join(folder, 'all.jsonl');
    const whole = await run(['--since', since, '--until', iso(1), '--out', file, '--unredacted']);
    expect([whole.exit, whole.out, statSync(file).mode & 0o077]).toEqual([0, '', 0]);
    expect(linesOf(readFileSync(file, 'utf8'))[0]).toEqual(scan);
    expect(readFileSync(file, 'utf8')).toContain('s3cret');

    const explained = await firebreak(['explain', file, '--json']);
    expect(explained.exit).toBe(0);
    expect(JSON.parse(explained.out).events).toMatchObject([{ intake: 'imageScan' }, { intake: 'imageScan' }]);
  });

  it('has nothing before and after: exit 0, and it says so', async () => {
    const ran = await run(['--since', '2026-01-01', '--until', '2026-01-02']);
    expect(ran).toMatchObject({ exit: 0, out: '' });
    expect(ran.err).toMatch(/^No event is in the archive of stage dev, taken in from 2026-01-01T00:00:00\.000Z to/);
  });

  it('that S3 refuses keeps no finding waiting: what is missing is counted, and told by the export', async () => {
    const before = archivedEvents(stage).length;
    refuse(stage, { from: 'imageScan', service: 's3' }, slow);
    stage.scan(plain('b'));
    await stage.pass(300);
    expect(stage.head(plain('b'))).toMatchObject({ outcome: 'contained' });
    expect(archivedEvents(stage)).toHaveLength(before);
    const ran = await run(['--since', iso(-60), '--until', iso(1)]);
    expect(ran.exit).toBe(0);
    expect(ran.err).toMatch(/Not archived on \d{4}-\d\d-\d\d: 1 event; the function's log says why\.\n/);
    relent(stage);
    stage.scan(plain('c'));
    await stage.pass(300);
    expect(archivedEvents(stage)).toHaveLength(before + 1);
  });

  it('with an object that intake never wrote in it: exit 1, its name, and the rest', async () => {
    const [own] = objectsOf(stage.account, bucket()).filter(({ key }) => key.startsWith('events/'));
    if (own === undefined) throw new Error('Nothing is archived');
    const broken = {
      ...own,
      key: own.key.replace(/-[0-9a-f]{16}\./, '-0123456789abcdef.'),
      body: Buffer.from('no gzip'),
      checksums: {},
    };
    bucketByName(stage.account, bucket()).objects.set(broken.key, broken);
    const ran = await run(['--since', '2026-01-01', '--until', iso(1)]);
    bucketByName(stage.account, bucket()).objects.delete(broken.key);
    expect(ran.exit).toBe(1);
    expect(linesOf(ran.out).length).toBeGreaterThanOrEqual(3);
    expect(ran.err).toContain(`Not read, in whole or in part, because it is not what intake writes: ${broken.key}\n`);
  });
});

describe('who may read it', () => {
  const may = (name: string, without = '') => {
    const { region, id } = stage.account;
    const parameter = `arn:aws:ssm:${region}:${id}:parameter/firebreak/dev/stack`;
    const table = `arn:aws:dynamodb:${region}:${id}:table/${stage.sandbox.stack.outputs['IncidentTableName']}`;
    const Statement = [
      { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: parameter },
      { Effect: 'Allow', Action: 'dynamodb:Query', Resource: table },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${bucket()}` },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket()}/events/*` },
    ].filter(({ Action }) => Action !== without);
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: id }, Action: 'sts:AssumeRole' }],
    };
    createRole(stage.account, {
      name,
      arn: `arn:aws:iam::${id}:role/${name}`,
      trust,
      policies: [{ name: 'read', document: { Version: '2012-10-17', Statement } }],
    });
    return credentialsFor(stage.account, name, 'ann');
  };

  it('needs what docs/operations.md names, and no more', async () => {
    const ran = await run(['--since', '2026-01-01', '--until', iso(1)], may('reader'));
    expect(ran.exit).toBe(0);
    expect(linesOf(ran.out).length).toBeGreaterThanOrEqual(3);
  });

  it.each(['ssm:GetParameter', 'dynamodb:Query', 's3:ListBucket', 's3:GetObject'])(
    'without %s: one sentence, exit 2, and no file',
    async (without) => {
      const file = join(folder, 'refused.jsonl');
      const credentials = may(`without-${without.replace(':', '-')}`, without);
      const ran = await run(['--since', '2026-01-01', '--until', iso(1), '--out', file], credentials);
      expect(ran).toMatchObject({ exit: 2, out: '' });
      expect(ran.err).toMatch(/^firebreak: These credentials may not read or change .*\n$/);
      expect(() => statSync(file)).toThrow('ENOENT');
      expect(() => statSync(`${file}.part`)).toThrow('ENOENT');
    },
  );

  it.each([
    [['--since', 'yesterday'], /must be 30d, 12h, 90m, a day/],
    [['--since', '2026-11-02', '--until', '2026-11-01'], /--since 2026-11-02.* is not before --until 2026-11-01/],
    [[], /--since/],
    [['--since', '1d', '--stage', 'nope'], /There is no stage "nope"/],
    [['--since', '1d', '--out', '/no/such/folder/x'], /\/no\/such\/folder\/x cannot be written/],
  ])('bad input %j is one sentence, exit 2', async (args, said) => {
    const ran = await run(args);
    expect(ran).toMatchObject({ exit: 2, out: '' });
    expect(ran.err).toMatch(said);
    expect(ran.err).not.toMatch(/\n {4}at /);
  });
});
