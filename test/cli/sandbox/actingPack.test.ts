import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRuleFolder } from '../../../cli/files.ts';
import { actingPack } from '../../../cli/sandbox/actingPack.ts';
import { catalogue } from '../../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';
import type { RuleSource } from '../../../shared/rules/rule.ts';

const folder = fileURLToPath(new URL('../../../rules', import.meta.url));

const compiled = (sources: readonly RuleSource[]) =>
  compileRuleSet(sources, catalogue, { defaultMode: 'observe' }).set?.rules ?? [];

it('lets the shipped rules act that contain something, and leaves the others as they are', () => {
  const shipped = new Map(compiled(readRuleFolder(folder)).map(({ name, mode }) => [name, mode]));
  const acting = new Map(compiled(actingPack()).map(({ name, mode }) => [name, mode]));
  const changed = [...acting].filter(([name, mode]) => shipped.has(name) && shipped.get(name) !== mode).sort();
  const images = ['image-critical', 'image-exploitable', 'image-exploited', 'image-fixable'];
  const fixes = [
    'imds-v1',
    'insights-off',
    'not-scanned',
    'platform-outdated',
    'ports-open',
    'scanning-off',
    'secret-in-definition',
    'secret-overdue',
    'ssh-open',
    'ssh-reachable',
    'tags-may-move',
    'task-hardening',
    'task-hardening-asked',
  ];
  expect(changed).toEqual(
    ['association-failed', 'group-open', ...images, ...fixes, 'threat-function', 'threat-host', 'threat-pod'].map(
      (name) => [name, 'enforce'],
    ),
  );
  expect([...acting.keys()].filter((name) => !shipped.has(name))).toEqual(['threat-by-cause']);
});

it("has them in their own order, behind a user's, and as they are otherwise", () => {
  const as = compiled(readRuleFolder(folder));
  expect(compiled(actingPack()).filter(({ name }) => name !== 'threat-by-cause')).toEqual(
    as.map((rule) => ({ ...rule, order: 1000 + rule.order, mode: expect.any(String) })),
  );
});

it('keeps settings and comments, and fits into a parameter', () => {
  const texts = new Map(actingPack().map(({ path, text }) => [path, text]));
  const shipped = (file: string): string => readFileSync(join(folder, file), 'utf8');
  expect(texts.get('settings')).toBe(shipped('settings.yaml'));
  expect(texts.get('rules/image-critical')?.split('\n')[0]).toBe(shipped('image-critical.yaml').split('\n')[0]);
  for (const text of texts.values()) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
});
