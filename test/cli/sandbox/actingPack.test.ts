import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { actingPack } from '../../../cli/sandbox/actingPack.ts';
import { catalogue } from '../../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';

const shipped = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../rules/${file}`, import.meta.url)), 'utf8');

it('lets the shipped rules act that contain something, behind those of a user, and leaves the others as they are', () => {
  const { set, problems } = compileRuleSet(actingPack(), catalogue, { defaultMode: 'observe' });
  expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
  const rules = Object.fromEntries((set?.rules ?? []).map(({ name, mode, order }) => [name, [mode, order > 999]]));
  expect(rules).toEqual({
    'image-critical': ['enforce', true],
    'image-exploitable': ['enforce', true],
    'threat-ecs': ['enforce', true],
    'threats-high': ['observe', false],
    'threats-low': ['observe', false],
    'threats-medium': ['observe', false],
  });
});

it('keeps everything else of a file, its comments too', () => {
  const texts = new Map(actingPack().map(({ path, text }) => [path, text]));
  expect(texts.get('settings')).toBe(shipped('settings.yaml'));
  expect(texts.get('rules/threats-high')).toBe(shipped('threats-high.yaml'));
  const [image = '', as = ''] = [texts.get('rules/image-critical'), shipped('image-critical.yaml')];
  expect(image.split('\n')[0]).toBe(as.split('\n')[0]);
  expect(Buffer.byteLength(image)).toBeLessThanOrEqual(4096);
});
