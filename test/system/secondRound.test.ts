import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { objectsOf } from '../../sandbox/services/s3/buckets.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** Archives the image of a finding whose exploit is known. */
const exploited = `name: exploited
when:
  type: [PACKAGE_VULNERABILITY]
do:
  - evidence.capture
  - ecr.quarantine-image
mode: enforce
`;

const sample: JsonObject & { readonly detail: JsonObject } = JSON.parse(
  readFileSync(new URL('../../events/inspector-finding-exploited.json', import.meta.url), 'utf8'),
);

/** Inspector sends one event per vulnerability, each with its own finding. */
const findingOf = (name: string): JsonObject => ({
  ...sample,
  id: `event-of-${name}`,
  detail: {
    ...sample.detail,
    title: name,
    findingArn: `arn:aws:inspector2:us-east-1:123456789012:finding/${name}`,
  },
});

/** Key -> body of all evidence. */
const evidenceOf = ({ account, sandbox }: Stage): ReadonlyMap<string, string> =>
  new Map(
    objectsOf(account, sandbox.stack.outputs['EvidenceBucketName'] ?? '')
      .filter(({ key }) => key.startsWith('evidence/'))
      .map(({ key, body }) => [key, body.toString()]),
  );

describe('a second finding that arrives when the image has just been archived', () => {
  let stage: Stage;
  let archived = 0;
  let first: ReadonlyMap<string, string>;
  const until = async (reached: () => boolean): Promise<void> => {
    while (!reached()) await stage.pass(0.1);
  };
  beforeAll(async () => {
    stage = await openStage({ rules: { exploited } });
    stage.deliver(findingOf('CVE-2026-1'));
    await until(() => stage.heads().some(({ plan }) => plan !== null));
    stage.deliver(findingOf('CVE-2026-2'));
    await until(() => stage.statuses(unused.repository)[unused.digest] === 'ARCHIVED');
    archived = stage.sandbox.clock.now();
    first = evidenceOf(stage);
    await stage.settle();
    return () => stage[Symbol.asyncDispose]();
  });

  it('is a second round of the same run, and changes nothing again', () => {
    expect(stage.executions()).toHaveLength(1);
    expect(stage.head(unused)).toMatchObject({ round: 2, outcome: 'contained' });
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(1);
  });

  it('leaves the evidence of the first round as it is, byte for byte, and has its own', () => {
    const now = evidenceOf(stage);
    const names = [...first.keys()].map((key) => key.slice(key.lastIndexOf('/') + 1));
    expect(names).toEqual(expect.arrayContaining(['manifest.json', 'scan.json']));
    expect([...first.keys()].every((key) => key.includes('/1/'))).toBe(true);
    for (const [key, body] of first) expect(now.get(key)).toBe(body);
    const later = [...now].filter(([key]) => !first.has(key));
    expect(later.map(([key]) => key.replace('/2/', '/1/'))).toEqual(
      expect.arrayContaining([...first.keys()].filter((key) => key.endsWith('/manifest.json'))),
    );
  });

  it('is told in one message, which says since when it stands and how to undo it', () => {
    const [message, ...more] = stage.told();
    expect(more).toEqual([]);
    const since = /Done at (\S+) by run (\S+), and it stands as read again now; nothing was changed again\./.exec(
      message?.body ?? '',
    );
    expect(since?.[2]).toBe(stage.head(unused).run);
    expect(archived - Date.parse(since?.[1] ?? '')).toBeLessThan(5000);
    expect(message?.body).toContain('How to undo\nfirebreak undo ');
    expect(message?.body).toContain('CVE-2026-2');
  });
});
