import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapped } from '../../../cli/demo/wrapped.ts';

describe('a line on a terminal', () => {
  it('stays as it is where it fits', () => {
    expect(wrapped('02:01:01  Held', 14, 4)).toEqual(['02:01:01  Held']);
  });

  it('goes on below its text where it does not', () => {
    expect(wrapped('  task/prod/1 runs it, and so does task/prod/2', 24, 4)).toEqual([
      '  task/prod/1 runs it,',
      '    and so does',
      '    task/prod/2',
    ]);
  });

  it('keeps a word whole that is wider than the terminal: digests are copied', () => {
    expect(wrapped('  archived sha256:0123456789abcdef now', 16, 4)).toEqual([
      '  archived',
      '    sha256:0123456789abcdef',
      '    now',
    ]);
  });

  it('loses no word, whatever the width, and breaks no line without need', () => {
    const text = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }).map((words) => words.join(' '));
    const size = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(text, size, size, (line, columns, indent) => {
        const lines = wrapped(line, columns, indent);
        expect(lines.map((one) => one.trim()).join(' ')).toBe(line);
        for (const one of lines) expect(one.length <= columns || !one.trim().includes(' ')).toBe(true);
      }),
    );
  });
});
