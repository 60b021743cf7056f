import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { firebreak, isOneSentence } from './firebreak.ts';

const root = mkdtempSync(join(tmpdir(), 'firebreak-rules-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const shipped = fileURLToPath(new URL('../../rules', import.meta.url));

function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const made = mkdtempSync(join(root, 'folder-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  return made;
}

const rule = (name: string, rest = ''): string =>
  `name: ${name}\nwhen: { type: [ImageScan] }\ndo: [evidence.capture]\n${rest}`;
const exemption = `name: e\nwhen: { type: [ImageScan] }\nowner: a\nreason: b\nexpires: 2020-01-31\n`;

describe('rules lint', () => {
  it.each(['rules', 'examples/rules'])('says nothing of %s', async (path) => {
    const { exit, out, err } = await firebreak('rules', 'lint', join(shipped, '..', path));
    expect({ exit, out }).toEqual({ exit: 0, out: '' });
    expect(err).toMatch(/^\d+ files, nothing to mend\.\n$/);
  });

  it('shows each place with a caret, the reason and what to do', async () => {
    const at = folder({ 'a.yaml': rule('a', 'page: { held: notice, contaned: digest }\n') });
    const { exit, out, err } = await firebreak('rules', 'lint', at);
    expect(exit).toBe(1);
    expect(out.split('\n')).toEqual([
      `${at}/a.yaml:4:23: error: "contaned" is not a key here [unknown-key]`,
      '    page: { held: notice, contaned: digest }',
      '                          ^',
      '  did you mean "contained"?',
      '',
      '',
    ]);
    expect(err).toBe('1 error, 0 warnings in 1 file.\n');
  });

  it('names files by their path below the folder, in order, whatever they end in', async () => {
    const at = folder({
      'b.json': JSON.stringify({ name: 'b', when: { label: ['High'] }, do: ['evidence.capture'] }),
      'a.yml': rule('a', 'x: 1\ny: 2\n'),
      'exemptions/e.yaml': exemption.replace('owner', 'ownr'),
      'settings.yaml': 'quietHours: 0\n',
    });
    const { exit, out } = await firebreak('rules', 'lint', at, '--json');
    expect(exit).toBe(1);
    const { version, problems } = JSON.parse(out);
    expect(version).toBe(1);
    expect(problems.map((one: Record<string, unknown>) => `${one['file']}:${one['line']} ${one['code']}`)).toEqual([
      ...['a.yml:4 unknown-key', 'a.yml:5 unknown-key', 'b.json:1 unknown-value'],
      ...['exemptions/e.yaml:1 missing', 'exemptions/e.yaml:3 unknown-key', 'settings.yaml:1 value'],
    ]);
    for (const one of problems) {
      expect(Object.keys(one)).toEqual(
        expect.arrayContaining(['code', 'level', 'file', 'line', 'column', 'path', 'message', 'suggestion']),
      );
    }
  });

  it('ends 0 with warnings alone', async () => {
    const at = folder({
      'a.yaml': rule('a'),
      'exemptions/e.yaml': exemption,
      'old.yaml.bak': '',
      'more/b.yaml': rule('b'),
    });
    const { exit, out, err } = await firebreak('rules', 'lint', at);
    expect(exit).toBe(0);
    expect(out).toContain('e.yaml:5:1: warning: it ended 2020-01-31T00:00:00.000Z: it exempts nothing [expired]');
    expect(out).toContain('old.yaml.bak:1:1: warning: is read by nothing [not-read]');
    expect(out).toContain('more:1:1: warning: is a folder that nothing reads [not-read]');
    expect(err).toBe('0 errors, 3 warnings in 2 files.\n');
  });

  it('passes over what nobody means as a rule, and follows links', async () => {
    const at = folder({ 'README.md': '#', '.gitkeep': '', 'a.yaml': rule('a') });
    symlinkSync(join(folder({ 'b.yaml': rule('b', 'x: 1\n') }), 'b.yaml'), join(at, 'b.yaml'));
    const { out } = await firebreak('rules', 'lint', at, '--json');
    expect(JSON.parse(out).problems).toMatchObject([{ file: 'b.yaml', code: 'unknown-key' }]);
  });

  it('writes nothing that a terminal would obey, and no line wider than one', async () => {
    const hostile = `# ${'x'.repeat(3000)}\nname: a\nwhen: { "\u001b]0;owned\u0007": [1] }\ndo: [evidence.capture]\n`;
    const long = `name: b\nwhen: { type: [${Array(300).fill('aaaaaaa').join(', ')}], severty: [9] }\ndo: [evidence.capture]\n`;
    const { exit, out } = await firebreak('rules', 'lint', folder({ 'a.yaml': hostile, 'b.yaml': long }));
    expect(exit).toBe(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(out).toContain('holds U+001B');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(250);
    expect(out).toMatch(/\n {4}.*severty.*\n {4} +\^\n/);
  });

  it('reads no file that no parameter holds', async () => {
    const { exit, out } = await firebreak(
      'rules',
      'lint',
      folder({ 'a.yaml': Buffer.alloc(10_000_000, '[') }),
      '--json',
    );
    expect(exit).toBe(1);
    expect(JSON.parse(out).problems).toMatchObject([{ code: 'too-large', file: 'a.yaml', line: 1, column: 1 }]);
  });

  it('says where bytes are not UTF-8', async () => {
    const text = Buffer.concat([Buffer.from('name: a\nwhen: { title: ["'), Buffer.from([0xff]), Buffer.from('"] }\n')]);
    const { out } = await firebreak('rules', 'lint', folder({ 'a.yaml': text }), '--json');
    expect(JSON.parse(out).problems).toMatchObject([{ code: 'encoding', line: 2, column: 18 }]);
  });

  const dangling = folder({ 'a.yaml': rule('a') });
  symlinkSync(join(root, 'nowhere'), join(dangling, 'b.yaml'));
  it.each([
    ['no folder', join(root, 'nowhere'), /is not a folder of rules that can be read: there is no such file/],
    ['a file', join(shipped, 'settings.yaml'), /is not a folder of rules that can be read/],
    ['an empty folder', folder({ 'README.md': '#' }), /holds no rules: they are its \*\.yaml/],
    ['a link that leads nowhere', dangling, /b\.yaml cannot be read: it leads to no file/],
  ])('cannot answer for %s: exit 2, one sentence', async (_what, path, says) => {
    for (const json of [[], ['--json']]) {
      const ran = await firebreak('rules', 'lint', path, ...json);
      expect(ran.exit).toBe(2);
      expect(isOneSentence(ran), ran.err).toBe(true);
      expect(ran.err).toMatch(says);
    }
  });

  it.each([['rules'], ['rules', 'lint']])('has help with an example: %s %s', async (...args) => {
    const { exit, out } = await firebreak(...args, '--help');
    expect(exit).toBe(0);
    expect(out).toContain('Example:\n  firebreak rules lint rules/');
  });
});
