import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { evaluate } from '../../sandbox/services/ecr/lifecycle/evaluate.ts';
import { readPolicy as asEcr } from '../../sandbox/services/ecr/lifecycle/policy.ts';
import { wrongTogether } from '../../sandbox/services/ecr/lifecycle/together.ts';
import type { Repository, StoredImage } from '../../sandbox/services/ecr/state.ts';
import {
  classesIn,
  hasOurs,
  keeps,
  othersIn,
  type Policy,
  readPolicy,
  textOf,
  withKeeping,
  withoutKeeping,
} from '../../shared/actions/protectFromLifecycle/policy.ts';
import { policy, rule, toArchive } from '../sandbox/services/ecr/lifecycle/policies.ts';

const day = 86_400_000;
const now = Date.parse('2026-11-24T08:00:00Z');
const builds = { tagStatus: 'tagged', tagPrefixList: ['build-'] };
const fromArchive = { storageClass: 'archive', countType: 'sinceImageTransitioned', countNumber: 90 };

const parsed = (text: string): Policy => {
  const found = readPolicy(text);
  if (found === undefined) throw new Error(`This is no policy: ${text}`);
  return found;
};
const written = (given: Policy): Policy => {
  const after = withKeeping(given);
  if (typeof after === 'string') throw new Error(after);
  return after;
};
const numbers = ({ rules }: Policy): readonly number[] => rules.map(({ rulePriority }) => rulePriority);
const numbered = (...priorities: readonly number[]): Policy =>
  parsed(
    policy(
      ...priorities.map((rulePriority) =>
        rule({ rulePriority, selection: { tagStatus: 'tagged', tagPrefixList: [`t${rulePriority}`] } }),
      ),
    ),
  );

describe('a rule of ours', () => {
  it.each([
    ['takes number 1 where it is free', [5, 9], [1, 5, 9]],
    ['has only those move that it pushes', [1, 2, 9], [1, 2, 3, 9]],
    ['keeps the order, in whichever order they are written', [9, 1, 2], [1, 9, 2, 3]],
    ['closes no gap', [1, 3, 4], [1, 2, 3, 4]],
  ])('%s, and gives all of it back', (_what, before, after) => {
    const given = numbered(...before);
    expect(numbers(written(given))).toEqual(after);
    expect(withoutKeeping(written(given))).toEqual(given);
  });

  it('is one for each storage class that others select', () => {
    const both = parsed(policy(rule(), rule({ rulePriority: 2, selection: fromArchive })));
    expect(written(both).rules.map(({ selection }) => selection.storageClass ?? 'standard')).toEqual([
      ...['standard', 'archive'],
      ...['standard', 'archive'],
    ]);
    expect(classesIn(written(both))).toEqual(['archive', 'standard']);
    const only = parsed(policy(rule({ selection: fromArchive })));
    expect(written(only).rules).toHaveLength(2);
    expect(keeps(written(only))).toBe(true);
  });

  it('leaves what it does not know as it is', () => {
    const odd = { ...rule(), later: { of: [1, 'x'] } };
    const given = parsed(JSON.stringify({ version: 'next', rules: [odd] }));
    expect(written(given)).toMatchObject({ version: 'next', rules: [{}, { later: { of: [1, 'x'] } }] });
    expect(withoutKeeping(written(given))).toEqual(given);
  });

  it('is written once', () => {
    const once = written(numbered(1, 2));
    expect(written(once)).toEqual(once);
  });

  it('leaves the numbers that somebody has given to others since', () => {
    const after = written(numbered(1, 2));
    const moved = {
      ...after,
      rules: after.rules.map((one) => (one.rulePriority === 3 ? { ...one, rulePriority: 7 } : one)),
    };
    expect(numbers(withoutKeeping(moved) ?? moved)).toEqual([2, 7]);
  });

  it('stays where nothing else is left: ECR takes no policy without a rule', () => {
    const alone = { ...written(numbered(1)), rules: written(numbered(1)).rules.slice(0, 1) };
    expect(withoutKeeping(alone)).toBeUndefined();
    expect(withKeeping(alone)).toEqual(alone);
  });

  it('keeps nothing after a rule of somebody that comes first', () => {
    const after = written(numbered(4));
    const behind = { ...after, rules: after.rules.map((one) => ({ ...one, rulePriority: 10 - one.rulePriority })) };
    expect([keeps(after), keeps(behind)]).toEqual([true, false]);
    expect(keeps(written(behind))).toBe(true);
  });

  it('is not taken for ours when it says something else', () => {
    const after = written(numbered(4));
    const shorter = JSON.parse(textOf(after).replace('100000', '100')) as Policy;
    expect(hasOurs(shorter)).toBe(false);
    expect(withKeeping(shorter)).toContain('says something else');
  });
});

describe('a policy has no room', () => {
  const rules = (count: number) => numbered(...Array.from({ length: count }, (_, at) => at + 1));

  it('with 50 rules, and has it with 49', () => {
    expect(withKeeping(rules(50))).toContain('it has 50 rules');
    expect(written(rules(49)).rules).toHaveLength(50);
    expect(asEcr(textOf(written(rules(49))))).toHaveLength(50);
  });

  it('with more than 30,720 characters', () => {
    const long = (characters: number): Policy => parsed(policy({ ...rule(), description: 'x'.repeat(characters) }));
    const ours = textOf(written(long(0))).length;
    expect(withKeeping(long(30_720 - ours + 1))).toContain('30721 characters');
    expect(textOf(written(long(30_720 - ours)))).toHaveLength(30_720);
  });

  it('for a storage class that is not known', () => {
    expect(withKeeping(parsed(policy(rule({ selection: { storageClass: 'vault' } }))))).toContain('vault');
  });
});

it.each(['', '{}', '[]', '{"rules":[]}', '{"rules":[{"rulePriority":0}]}', 'rules'])('%j is no policy', (text) => {
  expect(readPolicy(text)).toBeUndefined();
});

const tag = fc.constantFrom('build-1', 'build-2', 'prod-1', 'dev', 'latest');
const selection = fc.oneof(
  fc.constantFrom({ tagStatus: 'any' }, { tagStatus: 'untagged' }, builds, {
    tagStatus: 'tagged',
    tagPrefixList: ['pr', 'bu'],
  }),
  fc.constantFrom(
    { tagStatus: 'tagged', tagPatternList: ['*'] },
    { tagStatus: 'tagged', tagPatternList: ['*-1', '*'] },
  ),
);
const counted = fc.constantFrom(
  { countType: 'imageCountMoreThan', countUnit: undefined, countNumber: 1 },
  { countType: 'sinceImagePushed', countUnit: 'days', countNumber: 3 },
);
const standard = fc.record({
  selection: fc.tuple(selection, counted).map(([tags, count]) => ({ ...tags, ...count })),
  action: fc.constant({ type: 'expire' }),
});
const pulled = selection.map((tags) => ({
  selection: { ...tags, countType: 'sinceImagePulled', countUnit: 'days', countNumber: 3 },
  action: toArchive,
}));
const archive = selection.map((tags) => ({
  selection: { ...tags, ...fromArchive, countUnit: 'days' },
  action: { type: 'expire' },
}));
const rulesOf = (text: string): Parameters<typeof wrongTogether>[0] => JSON.parse(text).rules;

/** Policies that ECR takes. */
const policies = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.oneof(standard, pulled, archive)), {
    ...{ minLength: 1, maxLength: 6, selector: ([number]) => number },
  })
  .map((some) => policy(...some.map(([rulePriority, one]) => ({ rulePriority, ...one }))))
  .filter((text) => wrongTogether(rulesOf(text)) === undefined);

const images = fc.array(
  fc.record({
    tags: fc.uniqueArray(tag, { maxLength: 3 }),
    age: fc.integer({ min: 0, max: 9 }),
    archived: fc.boolean(),
    kept: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);
interface Image {
  readonly tags: readonly string[];
  readonly age: number;
  readonly archived: boolean;
  readonly kept: boolean;
}

const stored = ({ tags, age, archived, kept }: Image, at: number): StoredImage =>
  ({
    ...{ digest: `sha256:${at}`, platforms: [], pushedAt: now - age * day - at },
    tags: new Set([...tags, ...(kept ? [`firebreak-keep-${at}`] : [])]),
    status: archived ? 'ARCHIVED' : 'ACTIVE',
    ...(archived ? { lastArchivedAt: now - age * 20 * day - at } : {}),
  }) as unknown as StoredImage;

/** What ECR does under a policy, as its user guide says. */
const done = (text: string, some: readonly Image[]) => {
  const repository = { images: new Map(some.map(stored).map((one) => [one.digest, one])) } as unknown as Repository;
  return evaluate(repository, asEcr(text), now).map(({ image, rule: applied }) => ({
    ...{ digest: image.digest, action: applied.action.type, kept: [...image.tags].join().includes('firebreak-keep-') },
  }));
};

describe('whatever a policy says', () => {
  test('an image with our tag is neither deleted nor archived, and the others are as they were', () => {
    let deleted = 0;
    fc.assert(
      fc.property(policies, images, (text, some) => {
        const after = textOf(written(parsed(text)));
        expect(done(after, some).filter(({ kept }) => kept)).toEqual([]);
        const before = done(text, some);
        deleted += before.filter(({ kept }) => kept).length;
        expect(done(after, some)).toEqual(before.filter(({ kept }) => !kept));
      }),
      { numRuns: 400 },
    );
    // Without ours, many would have been.
    expect(deleted).toBeGreaterThan(50);
  });

  test('ECR takes it with ours, and without ours it is as it was', () => {
    fc.assert(
      fc.property(policies, (text) => {
        const after = written(parsed(text));
        expect(keeps(after)).toBe(true);
        expect(asEcr(textOf(after)).length).toBe(othersIn(after).length + classesIn(after).length);
        expect(withoutKeeping(after)).toEqual(parsed(text));
      }),
      { numRuns: 400 },
    );
  });
});
