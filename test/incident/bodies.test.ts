import { expect, it } from 'vitest';
import { memoryBodies, remembering } from '../../shared/incident/bodies.ts';

/** Bodies of one letter, of which each is its own hash, and what was read of them. */
function letters(all: string) {
  const texts = new Map([...all].map((one) => [one, one.toUpperCase()]));
  const read: string[] = [];
  const stored = memoryBodies((text) => text.toLowerCase(), texts);
  const get = (hash: string) => {
    read.push(hash);
    return stored.get(hash);
  };
  return { bodies: remembering({ ...stored, get }, 2), read };
}

it('what was read lately is not read again, and the rest is forgotten', async () => {
  const { bodies, read } = letters('abc');
  for (const hash of 'aabab') expect(await bodies.get(hash)).toBe(hash.toUpperCase());
  expect(read).toEqual(['a', 'b']);
  // Of two, c takes the place of the one that was longest not asked for.
  for (const hash of 'cba') expect(await bodies.get(hash)).toBe(hash.toUpperCase());
  expect(read).toEqual(['a', 'b', 'c', 'a']);
});

it('what could not be read is asked for again', async () => {
  const { bodies, read } = letters('');
  await expect(bodies.get('a')).rejects.toThrow('No body a');
  await bodies.put('A');
  expect(await bodies.get('a')).toBe('A');
  expect(read).toEqual(['a', 'a']);
});
