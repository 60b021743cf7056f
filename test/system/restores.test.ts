import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialsFor } from '../../sandbox/iam/credentials.ts';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action, Target } from '../../shared/actions/contract.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import { pick } from '../../shared/respond/restored.ts';
import { caseOf } from '../actions/actionCase.ts';
import { halfArchived, type Image, index, manyTags, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

interface Case {
  readonly name: string;
  readonly image: Image;
  /** Digest -> status while it is contained. */
  readonly contained: { readonly [digest: string]: string };
}

const all = (status: string, ...digests: readonly string[]) =>
  Object.fromEntries(digests.map((digest) => [digest, status]));
const child = (first: string): string => `sha256:${first}${(first[0] ?? '').repeat(56)}`;

/** What each changing action is run on and undone, by name: an action without a case fails below. */
const cases: { readonly [action: string]: readonly Case[] } = {
  'ecr.quarantine-image': [
    { name: 'an image', image: unused, contained: all('ARCHIVED', unused.digest) },
    { name: 'an image with several tags', image: manyTags, contained: all('ARCHIVED', manyTags.digest) },
    {
      name: 'an index with its platforms',
      image: index,
      contained: all('ARCHIVED', index.digest, child('2222aaaa'), child('2222bbbb')),
    },
    {
      name: 'an image whose index was archived before',
      image: halfArchived,
      contained: all('ARCHIVED', halfArchived.digest, `sha256:${'3'.repeat(64)}`),
    },
  ],
};

const reversible = catalogue.filter(({ facts, reversal }) => facts.changes && reversal.possible);
const changing = reversible.filter(({ name, targets }) => targets.includes('image') && caseOf(name) === undefined);
/** Where what acts on something else is run and undone. */
const elsewhere: { readonly [action: string]: string } = {
  'ecs.contain-service': 'containment.test.ts',
  'ssm.patch-hosts': 'hosts/people.test.ts',
};

it.each(
  reversible
    .filter((action) => !changing.includes(action) && caseOf(action.name) === undefined)
    .map(({ name }) => name),
)('%s is run and undone in a test of its own', (name) => {
  const text = readFileSync(new URL(`./${elsewhere[name]}`, import.meta.url), 'utf8');
  expect(text).toContain('action.restores');
});

const targetOf = ({ repository, digest }: Image): Target => ({
  kind: 'image',
  id: `${repository}@${digest}`,
  arn: `arn:aws:ecr:us-east-1:123456789012:repository/${repository}`,
  repository,
  digest,
  tags: [],
  account: '123456789012',
  region: 'us-east-1',
});

/** The fields that an action declares to restore, as the responder role reads them: for anybody else ECR would record a pull. */
async function restored(stage: Stage, action: Action, image: Image): Promise<JsonObject> {
  const { account, sandbox } = stage;
  const { expiration: _virtual, ...credentials } = credentialsFor(account, 'firebreak-dev-us-east-1-responder', 'test');
  const observed = await action.observe(
    targetOf(image),
    {},
    {
      aws: awsFor({ region: account.region, endpoint: sandbox.door.endpoint, credentials }),
      clock: { now: () => new Date(account.clock.now()) },
      settings: { quietPullDays: 30 },
      evidence: { get: async () => null },
      accusation: noAccusation,
    },
  );
  return pick(observed, action.restores);
}

describe.each(changing.map((action) => [action.name, action] as const))('%s, run and undone', (name, action) => {
  it('has cases here', () => {
    expect(cases[name] ?? []).not.toEqual([]);
    expect(action.restores).not.toEqual([]);
  });

  it.each(cases[name] ?? [])('puts back what it declares: $name', async ({ image, contained }) => {
    await using stage = await openStage();
    const before = await restored(stage, action, image);
    const statuses = stage.statuses(image.repository);

    stage.scan(image);
    await stage.settle();
    expect(stage.head(image).outcome).toBe('contained');
    expect(stage.statuses(image.repository)).toEqual(contained);

    expect((await stage.undo(image)).kind).toBe('opened');
    await stage.settle();
    expect(stage.head(image).outcome).toBe('undone');
    expect(await restored(stage, action, image)).toEqual(before);
    expect(stage.statuses(image.repository)).toEqual(statuses);
  });
});
