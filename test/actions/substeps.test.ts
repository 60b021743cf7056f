import { describe, expect, test } from 'vitest';
import { substepsOf } from '../../shared/actions/substeps.ts';
import { awsError } from '../account/awsError.ts';

/** Substeps with a journal of their own; what it has noted. */
function begun(lastTry: boolean) {
  const noted: string[] = [];
  const journal = {
    once: async <T>(name: string, call: () => Promise<T>) => {
      const answer = await call();
      noted.push(name);
      return answer;
    },
  };
  return { substeps: substepsOf({ journal: journal as never, lastTry }), noted };
}

const ok = async () => 'ok';
const refused = async () => {
  throw awsError('AccessDeniedException');
};
const throttled = async () => {
  throw awsError('ThrottlingException');
};
const first = { name: 'first', doing: 'Doing the first', did: 'did the first' };
const second = { name: 'second', doing: 'Doing the second', did: 'did the second', otherwise: 'it stays as it is' };

describe('several calls of one step', () => {
  test('are told in their order', async () => {
    const { substeps } = begun(false);
    expect(await substeps.attempt(first, ok)).toBe('ok');
    await substeps.attempt(second, ok);
    expect(substeps.finish()).toBe('did the first, did the second');
  });

  test('are tried though one before was refused, which is said with what follows from it', async () => {
    const { substeps } = begun(false);
    expect(await substeps.attempt(second, refused)).toBeUndefined();
    await substeps.attempt(first, ok);
    expect(() => substeps.finish()).toThrow(
      'Doing the second: access denied (AccessDeniedException), so that it stays as it is. What was done before or beside it: did the first',
    );
  });

  test('end the step well though one was refused that it can do without, which is said', async () => {
    const { substeps } = begun(false);
    await substeps.attempt({ ...first, optional: true }, refused);
    await substeps.attempt(second, ok);
    expect(substeps.finish()).toBe('Doing the first: access denied (AccessDeniedException), did the second');
  });

  test('wait for one that is throttled, but not at the last try: then the others are made', async () => {
    await expect(begun(false).substeps.attempt(first, throttled)).rejects.toMatchObject({ name: 'Throttled' });
    const { substeps, noted } = begun(true);
    await substeps.attempt(first, throttled);
    await substeps.attempt(second, ok);
    expect(noted).toEqual(['second']);
    expect(() => substeps.finish()).toThrow(/^Doing the first: AWS asked us to slow down .* did the second$/);
  });

  test('do not swallow a fault of our own', async () => {
    const broken = async () => {
      throw new TypeError('ours');
    };
    await expect(begun(true).substeps.attempt(first, broken)).rejects.toThrow('ours');
  });
});
