import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { enforcingText } from '../../../cli/rules/promote/modeEdit.ts';

const rules = fileURLToPath(new URL('../../../rules/', import.meta.url));

describe('a rule that somebody wrote, switched to enforce', () => {
  it.each([
    ['plain', 'name: a\nmode: observe # until June\ndo: [x]\n', 'name: a\nmode: enforce # until June\ndo: [x]\n'],
    ['quoted', "mode:   'observe'\nname: a", "mode:   'enforce'\nname: a"],
    ['JSON', '{"name":"a","mode":"observe","do":[]}', '{"name":"a","mode":"enforce","do":[]}'],
    ['Windows', 'name: a\r\nmode: observe\r\n', 'name: a\r\nmode: enforce\r\n'],
    ['an escape', '{"mode":"\\u006fbserve"}', '{"mode":"enforce"}'],
    ['a flow of YAML', '{ name: a, mode: observe }\n', '{ name: a, mode: enforce }\n'],
  ])('has its one value changed: %s', (_how, text, edited) => {
    expect(enforcingText(text)).toBe(edited);
  });

  it.each([
    ['after the rest', '# why\nname: a\ndo:\n  - x # y\n', '# why\nname: a\ndo:\n  - x # y\nmode: enforce\n'],
    ['no last line end', 'name: a', 'name: a\nmode: enforce'],
    ['indented', '  name: a\n  do: [x]\n', '  name: a\n  do: [x]\n  mode: enforce\n'],
    ['Windows', 'name: a\r\ndo: [x]\r\n', 'name: a\r\ndo: [x]\r\nmode: enforce\r\n'],
    ['before a document end', 'name: a\ndo: [x]\n...\n', 'mode: enforce\nname: a\ndo: [x]\n...\n'],
    ['a last text that keeps its line ends', 'name: a\nd: |+\n  t\n\n', 'mode: enforce\nname: a\nd: |+\n  t\n\n'],
    ['JSON in one line', '{"name":"a"}', '{"mode": "enforce", "name":"a"}'],
    ['JSON over lines', '{\n  "name": "a"\n}\n', '{\n  "mode": "enforce",\n  "name": "a"\n}\n'],
  ])('gets a line where it said no mode: %s', (_how, text, edited) => {
    expect(enforcingText(text)).toBe(edited);
  });

  it.each([
    ['a broken text', 'name: [a\n'],
    ['a list', '- a\n'],
    ['nothing', ''],
    ['a block of text as its mode', 'mode: |\n  observe\nname: a\n'],
  ])('is not edited by guessing: %s', (_what, text) => {
    expect(enforcingText(text)).toBeNull();
  });

  it('is else the same, of every shipped rule', () => {
    for (const file of readdirSync(rules).filter((name) => name.endsWith('.yaml') && name !== 'settings.yaml')) {
      const text = readFileSync(`${rules}${file}`, 'utf8');
      const edited = enforcingText(text) ?? '';
      const other = edited.split('\n').filter((line, at) => line !== text.split('\n')[at]);
      expect(other.length, file).toBeLessThanOrEqual(1);
      expect(edited, file).toMatch(/^mode: enforce\b/m);
    }
  });
});
