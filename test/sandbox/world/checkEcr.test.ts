import { describe, expect, it } from 'vitest';
import { misfitsOf } from '../../../sandbox/world/check.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';

/** What does not fit in a repository with these settings, each as `path: message`. */
const misfits = (settings: object): readonly string[] =>
  misfitsOf(worldSchema.parse({ repositories: [{ name: 'app', ...settings }] })).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

const rule = (rulePriority: number) => ({
  rulePriority,
  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 },
  action: { type: 'expire' },
});

describe('what does not fit in the settings of a repository', () => {
  it.each([
    ['immutable tags', { tagMutability: 'IMMUTABLE' }],
    ['a setting with its exclusions', { tagMutability: 'MUTABLE_WITH_EXCLUSION', tagMutabilityExclusions: ['v*'] }],
    ['a lifecycle policy', { lifecyclePolicy: { rules: [rule(1)] } }],
  ])('is nothing in %s', (_what, settings) => {
    expect(misfits(settings)).toEqual([]);
  });

  it.each([
    [
      'exclusions of nothing',
      { tagMutabilityExclusions: ['v*'] },
      'repositories.0.tagMutabilityExclusions: MUTABLE has no exclusion filters',
    ],
    [
      'an exclusion that ECR would not take',
      { tagMutability: 'IMMUTABLE_WITH_EXCLUSION', tagMutabilityExclusions: ['a b'] },
      "repositories.0.tagMutabilityExclusions: 'a b' must be 1 to 128 letters, digits or ._*- with at most 2 wildcards",
    ],
    [
      'two rules for every image',
      { lifecyclePolicy: { rules: [rule(1), rule(2)] } },
      'repositories.0.lifecyclePolicy: Rule for tagStatus=ANY must have the lowest priority per storage class.',
    ],
  ])('is %s', (_what, settings, misfit) => {
    expect(misfits(settings)).toEqual([misfit]);
  });
});
