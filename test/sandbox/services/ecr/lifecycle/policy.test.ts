import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../../../sandbox/services/ecr/lifecycle/policy.ts';
import { count, policy, rule, toArchive } from './policies.ts';

const tagged = (extra: object) => ({ tagStatus: 'tagged', ...extra });
const archived = { countType: 'sinceImageTransitioned', storageClass: 'archive', countNumber: 90 };

describe('a lifecycle policy', () => {
  it('is read in the order of its priorities', () => {
    const rules = readPolicy(
      policy(
        rule({ rulePriority: 9 }),
        rule({ rulePriority: 2, selection: tagged({ tagPrefixList: ['prod'] }) }),
        rule({ rulePriority: 5, selection: { tagStatus: 'untagged', ...count(3) } }),
      ),
    );
    expect(rules.map(({ rulePriority }) => rulePriority)).toEqual([2, 5, 9]);
  });

  it('may have one rule for any image of each storage class', () => {
    const { selection } = rule({ selection: { countType: 'sinceImagePulled' } });
    expect(
      readPolicy(
        policy({ rulePriority: 1, selection, action: toArchive }, rule({ rulePriority: 2, selection: archived })),
      ),
    ).toHaveLength(2);
  });

  it.each<[string, string | undefined, RegExp]>([
    ['no text', undefined, /null/],
    ['fewer than 100 characters', '{"rules":[]}', /length/],
    ['more than 30720 characters', policy(rule({ selection: { x: 'x'.repeat(30_720) } })), /length/],
    ['what is no JSON', 'x'.repeat(120), /Could not map/],
    ['a key that is not one', policy(rule({ selection: { tagList: [] } })), /tagList/],
    ['more than 50 rules', policy(...Array.from({ length: 51 }, (_, at) => rule({ rulePriority: at + 1 }))), /50/],
    ['a count of 0', policy(rule({ selection: { countNumber: 0 } })), /countNumber/],
    ['a priority twice', policy(rule(), rule({ selection: { tagStatus: 'untagged' } })), /unique/],
    ['tagged without tags', policy(rule({ selection: { tagStatus: 'tagged' } })), /Must specify tagPrefixList/],
    [
      'prefixes and patterns',
      policy(rule({ selection: tagged({ tagPrefixList: ['a'], tagPatternList: ['a*'] }) })),
      /both/,
    ],
    ['tags of untagged images', policy(rule({ selection: { tagStatus: 'untagged', tagPrefixList: ['a'] } })), /alone/],
    ['five wildcards', policy(rule({ selection: tagged({ tagPatternList: ['*a*b*c*d*'] }) })), /wildcards/],
    ['days of a count', policy(rule({ selection: { ...count(5), countUnit: 'days' } })), /countUnit/],
    ['a time without a unit', policy(rule({ selection: { countUnit: undefined } })), /countUnit/],
    ['the archive by the push', policy(rule({ selection: { storageClass: 'archive' } })), /together/],
    ['89 days in the archive', policy(rule({ selection: { ...archived, countNumber: 89 } })), /at least 90/],
    ['the archive into the archive', policy(rule({ selection: archived, action: toArchive })), /expire alone/],
    ['a deletion by the pull', policy(rule({ selection: { countType: 'sinceImagePulled' } })), /transition alone/],
    ['a transition to nowhere', policy(rule({ action: { type: 'transition' } })), /targetStorageClass/],
    ['a deletion to somewhere', policy(rule({ action: { ...toArchive, type: 'expire' } })), /targetStorageClass/],
    ['any image before others', policy(rule(), rule({ rulePriority: 2, selection: { tagStatus: 'untagged' } })), /ANY/],
    ['any image twice', policy(rule(), rule({ rulePriority: 2, selection: count(5) })), /ANY/],
    [
      'untagged images twice',
      policy(...[1, 2].map((rulePriority) => rule({ rulePriority, selection: { tagStatus: 'untagged' } }))),
      /Only one rule/,
    ],
    [
      'the same tags twice',
      policy(...[1, 2].map((rulePriority) => rule({ rulePriority, selection: tagged({ tagPrefixList: ['a', 'b'] }) }))),
      /unique tag lists/,
    ],
  ])('refuses %s', (_what, text, why) => {
    expect(() => readPolicy(text)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
    expect(() => readPolicy(text)).toThrow(why);
  });
});
