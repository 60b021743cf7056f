import { describe, expect, it } from 'vitest';
import { readDocument } from '../../shared/rules/document.ts';

function read(text: string) {
  const document = readDocument({ path: 'rules/a', text });
  return 'value' in document
    ? document.value
    : document.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a file', () => {
  it('is YAML or JSON', () => {
    expect(read('a: [1, x, null, true]\nb: { c: 2026-12-31 }')).toEqual({
      a: [1, 'x', null, true],
      b: { c: '2026-12-31' },
    });
    expect(read('{"a": {"b": [1]}}')).toEqual({ a: { b: [1] } });
  });

  it('holds 4096 bytes at most, counted as Parameter Store does', () => {
    const note = `# ${'ä'.repeat(2047)}`;
    expect(read(note)).toBeNull();
    expect(read(`${note}x`)).toEqual(['1:1 the file has 4097 bytes; a parameter holds 4096']);
  });

  it('holds no {{, not even in a comment', () => {
    expect(read('a: { b: {} }')).toEqual({ a: { b: {} } });
    expect(read('a: 1\nb: 2 # {{ c }}')).toEqual(['2:8 contains {{, which Parameter Store reserves and refuses']);
  });

  it.each([
    ['a: &x [1]\nb: 2', '1:7 uses an anchor, which is not allowed here'],
    ['a: !!str 1', '1:10 uses a tag, which is not allowed here'],
    ['a: .inf', '1:1 "a" holds a number that JSON cannot hold'],
    [`a: ${'['.repeat(60)}${']'.repeat(60)}`, '1:43 is nested too deeply'],
    ['a: 1\na: 2', '2:1 this key is there twice'],
  ])('that reads %j is refused', (text, said) => {
    expect(read(text)).toEqual([said]);
  });

  it('that repeats itself without end is refused before it is spread out', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'].map((pair) => pair.split(''))) {
      lines.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
    }
    expect(read(lines.join('\n'))).toEqual(['1:7 uses an anchor, which is not allowed here']);
  });

  it('that is nested beyond reading gives a few problems, not an error or hundreds', () => {
    const problems = readDocument({ path: 'rules/a', text: '['.repeat(4000) });
    expect(problems).toHaveLength(5);
    expect(read('a: [1')).toHaveLength(1);
  });

  it('knows where a path stands, dots in keys or not', () => {
    const document = readDocument({ path: 'rules/a', text: 'do:\n  - ecr.scan:\n      "a.b": { c: [1, 2] }\n' });
    if (!('value' in document)) throw new Error('not read');
    const place = (path: string) => {
      const { line, column } = document.problem({ code: 'value', path, message: '' });
      return `${line}:${column}`;
    };
    expect(place('do[0].ecr.scan.a.b.c[1]')).toBe('3:23');
    expect(place('do[0].ecr.scan.a.b')).toBe('3:7');
    expect(place('do[0].ecr.scan.missing')).toBe('3:7');
    expect(place('do[7]')).toBe('2:3');
    expect(place('nothing')).toBe('1:1');
  });
});
