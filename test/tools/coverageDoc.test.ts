import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ofLayers, scenarios } from '../../cli/demo/command.ts';
import { parts } from '../../cli/demo/coverage.ts';
import { layers } from '../../cli/demo/layers/layers.ts';
import { compileFolder } from '../../cli/files.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { coverageMarkdown } from '../../tools/coverageDoc.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ways = parts.flatMap((one) => one.ways);

const { rules: shipped } = compileFolder(join(root, 'rules'));
const examples = compileFolder(join(root, 'examples/rules')).rules.map(({ name }) => name);
const page = coverageMarkdown(catalogue, { shipped, examples });

describe('what of the talk is covered', () => {
  it('has no empty cell, and of each part either a way or what is missing', () => {
    const rows = page
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.slice(2, -2).split(' | '));
    expect(rows).toHaveLength(ways.length + 2);
    expect(rows.filter((cells) => cells.length !== 7 || cells.some((cell) => cell.trim() === ''))).toEqual([]);
    expect(parts.filter((one) => one.ways.length === 0 && one.missing === undefined)).toEqual([]);
  });

  it('leads to each rule where it stands, and says what it does as it is shipped', () => {
    const inPack = new Map(shipped.map((rule) => [rule.name, rule]));
    const told = [...page.matchAll(/\| \[`([a-z0-9-]+)`\]\(([^)]+)\): ([a-z ]+) \|/g)];
    expect(told.length).toBe(ways.filter(({ rule }) => !rule.startsWith('demo-')).length);
    for (const [, name = '', to = '', says] of told) {
      const rule = inPack.get(name);
      expect(existsSync(join(root, 'docs', to.split('#')[0] ?? '')), to).toBe(true);
      expect([name, to.endsWith(rule === undefined ? `/examples/rules/${name}.yaml` : `.md#${name}`)]).toEqual([
        name,
        true,
      ]);
      if (rule === undefined) expect([name, says]).toEqual([name, 'an example']);
      else if (says === 'observes as shipped') expect([name, rule.mode]).toEqual([name, 'observe']);
      else expect([name, says]).toEqual([name, 'tells as shipped']);
    }
    expect(page).toContain('[`threat-host`](default-pack.generated.md#threat-host): observes as shipped');
    expect(page).toContain('[`attacker-blocked`](../examples/rules/attacker-blocked.yaml): an example');
  });

  it('says of a rule that acts or asks that it does, and has none that is nowhere', () => {
    const as = (change: Partial<Rule>): string =>
      coverageMarkdown(catalogue, { shipped: shipped.map((rule) => ({ ...rule, ...change })), examples });
    expect(as({ mode: 'enforce' })).toContain('#threat-host): acts as shipped');
    expect(as({ mode: 'enforce', approval: { when: ['always'] } })).toContain('#threat-host): asks as shipped');
    expect(() => coverageMarkdown(catalogue, { shipped, examples: [] })).toThrow('There is no rule');
  });

  it('is played by scenarios that there are, each of the layers in some part', () => {
    const names = [...scenarios, ...ofLayers].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(ways.filter(({ scenario }) => !names.includes(scenario))).toEqual([]);
    expect(layers.filter(({ name }) => !ways.some(({ scenario }) => scenario === name))).toEqual([]);
  });

  it.each(layers)('$name: its rule takes its sample, and does what is said', ({ sample, rule, action }) => {
    const shipped = join(root, 'rules', `${rule}.yaml`);
    const path = existsSync(shipped) ? shipped : join(root, 'examples/rules', `${rule}.yaml`);
    const { set } = compileRuleSet([{ path: `rules/${rule}`, text: readFileSync(path, 'utf8') }], catalogue);
    if (set === null) throw new Error(`${rule} does not compile`);
    const finding = oneFinding(sampleEvent(sample));
    expect(decideFinding(finding, set, new Date('2026-11-20T12:00:00Z'))).toMatchObject({ decision: 'rule', rule });
    expect(set.rules.flatMap((one) => one.do.map((entry) => entry.action))).toContain(action);
  });
});
