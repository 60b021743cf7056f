import { describe, expect, test } from 'vitest';
import { ownershipFrom, ownerText, readOwnership, unlessItPasses } from '../../shared/account/owner.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { awsError } from './awsError.ts';
import { mockAccount } from './mockAccount.ts';

const tags = (values: { [key: string]: string }) => Object.entries(values).map(([Key, Value]) => ({ Key, Value }));

describe('owner', () => {
  test.each([
    [{ 'firebreak:owner': 'payments', owner: 'someone', team: 'else' }, 'payments', 'tag firebreak:owner'],
    [{ Owner: 'checkout', team: 'else' }, 'checkout', 'tag owner'],
    [{ owner: ' ', Team: 'platform' }, 'platform', 'tag team'],
    [{ Team: '', team: 'payments' }, 'payments', 'tag team'],
    [{ stage: 'prod' }, null, 'no tag firebreak:owner, owner, team'],
  ])('%j', (values, owner, foundBy) => {
    expect(ownershipFrom(tags(values))).toMatchObject({ owner, foundBy });
  });
});

describe('protection', () => {
  test.each([
    ['true', true],
    ['', true],
    ['yes, ask payments', true],
    ['false', false],
    ['No', false],
  ])('the tag with the value "%s"', (value, expected) => {
    const by = expected ? 'tag firebreak:protected' : null;
    expect(ownershipFrom(tags({ 'firebreak:protected': value })).protectedBy).toBe(by);
  });

  test('of two tags that differ in capitals alone, one that protects is enough', () => {
    for (const values of [
      { 'firebreak:protected': 'no', 'Firebreak:Protected': 'yes' },
      { 'Firebreak:Protected': 'yes', 'firebreak:protected': 'no' },
    ])
      expect(ownershipFrom(tags(values)).protectedBy).toBe('tag firebreak:protected');
  });

  test('no tag is no protection', () => {
    expect(ownershipFrom([])).toMatchObject({ protectedBy: null });
  });

  test.each([
    ['AccessDeniedException', 'access denied', false],
    ['ThrottlingException', 'AWS asked us to slow down', true],
  ])('tags that cannot be read count as protected: %s', async (name, meaning, mayPass) => {
    const { aws } = mockAccount({ images: [], refuse: { ListTagsForResource: awsError(name) } });
    const why = `the tags could not be read: ${meaning} (${name})`;
    expect(await readOwnership(readsWith(aws), 'arn:aws:ecr:x')).toEqual({
      owner: null,
      foundBy: why,
      protectedBy: why,
      mayPass,
    });
  });

  test('tags that can be read decide', async () => {
    const { aws } = mockAccount({ images: [], tags: { team: 'payments' } });
    expect(await readOwnership(readsWith(aws), 'arn:aws:ecr:x')).toMatchObject({
      owner: 'payments',
      protectedBy: null,
    });
  });

  test('a fault of our own is not taken for protection', async () => {
    const { aws } = mockAccount({ images: [], refuse: { ListTagsForResource: new TypeError('undefined') } });
    await expect(readOwnership(readsWith(aws), 'arn:aws:ecr:x')).rejects.toThrow(TypeError);
  });
});

describe('the owner as text', () => {
  const by = (owner: string | null, foundBy: string) => ownerText({ owner, foundBy });

  test('says who and how that was found, or why nobody is known', () => {
    expect(by('payments', 'tag team')).toBe('payments (tag team)');
    expect(by(null, 'no tag owner')).toBe('unknown (no tag owner)');
  });

  test('is not all tag', () => {
    expect(by('x'.repeat(256), 'tag team')).toBe(`${'x'.repeat(120)} (tag team)`);
  });
});

test('what may be told a little later is asked again, and nothing else', () => {
  const own = { owner: null, foundBy: 'the tags could not be read', protectedBy: 'the tags could not be read' };
  expect(unlessItPasses({ ...own, mayPass: false }, 'Reading it')).toMatchObject(own);
  expect(() => unlessItPasses({ ...own, mayPass: true }, 'Reading it')).toThrow(Throttled);
});
