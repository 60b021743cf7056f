import { describe, expect, test } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import type { Observed } from '../../shared/actions/quarantineImage/observe.ts';
import { quarantineImage } from '../../shared/actions/quarantineImage/quarantineImage.ts';
import { imageResource } from '../../shared/finding/ecrImage.ts';

const where = { account: '123456789012', region: 'eu-west-1' };
const image = (digest: string) => ({ ...imageResource(where, 'payments/api', digest, []), ...where });

/** What was observed of a set: the contents of its indexes, and its tags. */
const observed = (
  digests: readonly string[],
  contents: Observed['contents'],
  tags: Observed['tags'] = {},
): Observed => ({
  cause: null,
  digests,
  inUse: 'no',
  sharedWith: [],
  referrerOf: null,
  status: Object.fromEntries(digests.map((digest) => [digest, 'ACTIVE'])),
  tags,
  history: {},
  contents,
  because: 'nothing uses it',
  seen: [],
  lastPull: null,
  owner: 'unknown',
  protectedBy: null,
});

const digestOf = (target: Target | undefined): string | null | undefined =>
  target?.kind === 'image' ? target.digest : undefined;

const meeting = (digest: string, seen: Observed) => quarantineImage.meets?.(image(digest), seen);

describe('where the incidents of an index and of its platforms meet', () => {
  test.each(['index', 'amd64', 'arm64'])('on the index, whichever of them was accused: %s', (accused) => {
    const seen = observed(['index', 'amd64', 'arm64'], { index: ['amd64', 'arm64'] });
    const { at, members } = meeting(accused, seen) ?? {};
    expect(digestOf(at)).toBe('index');
    expect(members?.map(digestOf)).toEqual(['amd64', 'arm64', 'index']);
  });

  test('an image that no index lists, at itself', () => {
    expect(meeting('plain', observed(['plain'], {}, { plain: ['1.0'] }))).toEqual({
      at: { ...image('plain'), tags: ['1.0'] },
      members: [{ ...image('plain'), tags: ['1.0'] }],
    });
  });

  test('an image of two indexes, at itself: each of them lists less', () => {
    const seen = observed(['one', 'two', 'shared'], { one: ['shared'], two: ['shared'] });
    expect(digestOf(meeting('shared', seen)?.at)).toBe('shared');
  });

  test('two images of the same two indexes, at the same one of them', () => {
    const seen = observed(['one', 'two', 'a', 'b'], { one: ['a', 'b'], two: ['a', 'b'] });
    expect(digestOf(meeting('a', seen)?.at)).toBe('a');
    expect(digestOf(meeting('b', seen)?.at)).toBe('a');
  });

  test('an image of which nothing was observed, at itself', () => {
    expect(meeting('plain', observed([], {}))?.members).toEqual([image('plain')]);
  });
});
