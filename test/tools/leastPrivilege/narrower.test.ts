import { describe, expect, it } from 'vitest';
import { narrowerThan } from '../../../tools/leastPrivilege/narrower.ts';

const ecs = (resource: string, scope = 'REGION:ACCOUNT') => `arn:aws:ecs:${scope}:${resource}`;
const bucket = 'arn:aws:s3:::firebreak-dev-evidencebucket';

describe('a pattern is wider than what it was used on', () => {
  it.each([
    ['a star, where AWS can scope the call', '*', [ecs('task/prod/1'), ecs('task/prod/2')], ecs('task/prod/*')],
    ['a star, whatever the calls have in common', '*', [ecs('task/prod/1'), ecs('service/prod/cart')], ecs('*')],
    ['a star for several services', '*', [ecs('task/prod/1'), `${bucket}/a`], 'arn:aws:*:*:*:*'],
    ['an ARN that ends early', 'arn:aws:ecs:*', [ecs('task/prod/1')], ecs('task/prod/*')],
    ['a star for the Region', ecs('task/*', '*:ACCOUNT'), [ecs('task/prod/1')], ecs('task/*')],
    ['a star for the account', ecs('task/*', 'REGION:*'), [ecs('task/prod/1')], ecs('task/*')],
    ['any type of resource', ecs('*'), [ecs('task/prod/1'), ecs('task/test/2')], ecs('task/*')],
    [
      'everything in a bucket of ours',
      `${bucket}/*`,
      [`${bucket}/bodies/a`, `${bucket}/bodies/b`],
      `${bucket}/bodies/*`,
    ],
    [
      'everything of ours',
      ecs('firebreak-*'),
      [ecs('firebreak-dev/1'), ecs('firebreak-dev/2')],
      ecs('firebreak-dev/*'),
    ],
  ])('%s', (_what, pattern, used, narrower) => {
    expect(narrowerThan(pattern, new Set(used))).toBe(narrower);
  });
});

describe('a pattern is as wide as it must be, or as the log can tell', () => {
  it.each([
    ['a star, where AWS cannot scope the call', '*', ['*']],
    ['a name without wildcards', ecs('task/prod/1'), [ecs('task/prod/1')]],
    ['any name of a type of the customer', ecs('task/*'), [ecs('task/prod/1'), ecs('task/prod/2')]],
    [
      'any Region, when several were used',
      ecs('task/*', '*:ACCOUNT'),
      [ecs('task/a/1', 'R1:ACCOUNT'), ecs('task/a/1', 'R2:ACCOUNT')],
    ],
    ['a folder of a bucket of ours', `${bucket}/bodies/*`, [`${bucket}/bodies/a`, `${bucket}/bodies/b`]],
    [
      'runs of a machine of ours',
      'arn:aws:states:REGION:ACCOUNT:execution:firebreak-dev:*',
      ['arn:aws:states:REGION:ACCOUNT:execution:firebreak-dev:a'],
    ],
    ['what was not used', '*', []],
  ])('%s', (_what, pattern, used) => {
    expect(narrowerThan(pattern, new Set(used))).toBeUndefined();
  });
});
