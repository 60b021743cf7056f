import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../sandbox/services/ecr/lifecycle/evaluate.ts';
import { readPolicy } from '../../../../../sandbox/services/ecr/lifecycle/policy.ts';
import { repositories } from '../../../../../sandbox/services/ecr/state.ts';
import { loadWorld } from '../../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../../sandbox/world/schema.ts';
import { fakeAccount } from '../../../fakeAccount.ts';
import { digest } from '../../../world/digests.ts';
import { count, policy, rule, toArchive } from './policies.ts';

/** The clock of the test stands at 2026-11-24T08:00. */
const daysAgo = (days: number): string =>
  new Date(Date.parse('2026-11-24T08:00:00Z') - days * 86_400_000).toISOString();

/** Priority and action by the first letter of the digest, in the order in which they happen. */
function verdicts(images: readonly object[], ...rules: readonly object[]) {
  const { account, clock } = fakeAccount();
  const world = { region: 'eu-west-1', repositories: [{ name: 'app', images }] };
  loadWorld(account, worldSchema.parse(world));
  const repository = repositories(account).get('app');
  if (repository === undefined) throw new Error('The repository is not there');
  const all = evaluate(repository, readPolicy(policy(...rules)), clock.now());
  return all.map(({ image, rule: applied }) => `${image.digest[7]} ${applied.action.type} ${applied.rulePriority}`);
}

const image = (letter: string, days: number, extra: object = {}) => ({
  digest: digest(letter),
  pushedAt: daysAgo(days),
  ...extra,
});
const prefix = (...tagPrefixList: readonly string[]) => ({ tagStatus: 'tagged', tagPrefixList });

describe('a lifecycle policy, evaluated', () => {
  it('expires what is older than so many days, the oldest first', () => {
    expect(verdicts([image('a', 20), image('b', 14), image('c', 40)], rule())).toEqual(['c expire 1', 'a expire 1']);
  });

  it('keeps the newest so many', () => {
    const three = [image('a', 3), image('b', 1), image('c', 2)];
    expect(verdicts(three, rule({ selection: count(1) }))).toEqual(['a expire 1', 'c expire 1']);
    expect(verdicts(three, rule({ selection: count(3) }))).toEqual([]);
  });

  it('archives by the last pull, or the push of what nobody pulled', () => {
    const images = [image('a', 50, { lastPulledAt: daysAgo(5) }), image('b', 50), image('c', 5)];
    const pulled = rule({ selection: { countType: 'sinceImagePulled', countNumber: 30 }, action: toArchive });
    expect(verdicts(images, pulled)).toEqual(['b transition 1']);
  });

  it('leaves archived images to the rule for the archive, which counts from when they were archived', () => {
    const images = [image('a', 95, { storageClass: 'ARCHIVE' }), image('b', 80, { storageClass: 'ARCHIVE' })];
    expect(verdicts(images, rule())).toEqual([]);
    const transitioned = { countType: 'sinceImageTransitioned', storageClass: 'archive', countNumber: 90 };
    expect(verdicts(images, rule({ selection: transitioned }))).toEqual(['a expire 1']);
  });

  it('selects by prefixes and patterns, all of which the tags of an image must meet', () => {
    const images = [
      image('a', 20, { tags: ['prod-1', 'x86'] }),
      image('b', 20, { tags: ['prod-2'] }),
      image('c', 20, { tags: ['pre-prod'] }),
      image('d', 20),
    ];
    expect(verdicts(images, rule({ selection: prefix('prod') }))).toEqual(['a expire 1', 'b expire 1']);
    expect(verdicts(images, rule({ selection: prefix('prod', 'x') }))).toEqual(['a expire 1']);
    const pattern = { tagStatus: 'tagged', tagPatternList: ['*prod*'] };
    expect(verdicts(images, rule({ selection: pattern }))).toHaveLength(3);
    expect(verdicts(images, rule({ selection: { tagStatus: 'untagged' } }))).toEqual(['d expire 1']);
  });

  it('leaves an image to the first rule whose tags it has, even where that lets it be', () => {
    const images = [image('a', 20, { tags: ['prod'] }), image('b', 20)];
    const keep = rule({ rulePriority: 1, selection: { ...prefix('prod'), countNumber: 9999 } });
    expect(verdicts(images, keep, rule({ rulePriority: 2 }))).toEqual(['b expire 2']);
  });

  it('counts the images of a more important rule among those that it keeps', () => {
    const images = [image('a', 1, { tags: ['prod'] }), image('b', 2), image('c', 3)];
    const keep = rule({ rulePriority: 1, selection: { ...prefix('prod'), ...count(5) } });
    expect(verdicts(images, keep, rule({ rulePriority: 2, selection: count(2) }))).toEqual(['c expire 2']);
  });

  it('leaves what a list needs: until that is deleted, or, to be archived, archived', () => {
    const index = (extra: object = {}) => image('a', 20, { platforms: [{ digest: digest('b') }], ...extra });
    expect(verdicts([index()], rule())).toEqual(['a expire 1']);
    expect(verdicts([index()], rule({ action: toArchive }))).toEqual(['a transition 1']);
    const halfArchived = [index({ storageClass: 'ARCHIVE' }), image('b', 20)];
    expect(verdicts(halfArchived, rule({ action: toArchive }))).toEqual(['b transition 1']);
    expect(verdicts(halfArchived, rule())).toEqual([]);
  });
});
