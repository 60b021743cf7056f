import { describe, expect, it } from 'vitest';
import { printed, shellBlocks } from './blocks.ts';

const fence = '```';

describe('the blocks of a page', () => {
  it('are what is pasted, each with its line, its way, and what it prints', () => {
    const page = `words\n${fence}sh\none\ntwo\n${fence}\n${fence}text\nout\n${fence}\n\n${fence}sh aws\n# In a second terminal:\nthree\n${fence}\n`;
    expect(shellBlocks(page)).toEqual([
      { line: 3, text: 'one\ntwo', stays: false, prints: 'out' },
      { line: 11, way: 'aws', text: '# In a second terminal:\nthree', stays: true },
    ]);
  });

  it.each([
    ['another language', `${fence}python\n1\n${fence}`, 'line 1: nobody knows how to run a block of "python" here'],
    ['no language', `${fence}\n1\n${fence}`, 'line 1: nobody knows how to run a block of "" here'],
    ['another way', `${fence}sh maybe\n1\n${fence}`, 'line 1: nobody knows how to run a block of "sh maybe" here'],
    ['what nothing printed', `${fence}text\n1\n${fence}`, 'line 1: nobody knows how to run a block of "text" here'],
    [
      'an output apart from its block',
      `${fence}sh\n1\n${fence}\nwords\n${fence}text\n1\n${fence}`,
      'line 5: nobody knows how',
    ],
    ['a block without an end', `a\n${fence}sh\n1\n`, 'line 2: the block does not end'],
  ])('are refused: %s', (_what, page, message) => {
    expect(() => shellBlocks(page)).toThrow(message);
  });
});

describe('what a page says is printed', () => {
  const shown = printed('a … c\n…\nend (1)');

  it.each(['a b c\nend (1)\n', 'a b c\nmore\n\nmore\nend (1)\n', 'a b c  \nend (1)\n'])('is like %j', (out) => {
    expect(out).toMatch(shown);
  });

  it.each(['a  c\n', 'a b c\nend 1\n', 'before\na b c\nend (1)\n', 'a b c\nend (1)\nafter\n', ''])(
    'is not like %j',
    (out) => {
      expect(out).not.toMatch(shown);
    },
  );
});
