import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileFolder, readRuleFolder } from '../../cli/files.ts';
import { packMarkdown } from '../../tools/packDoc.ts';

const root = join(import.meta.dirname, '../..');
const pack = readRuleFolder(join(root, 'rules'));
const examples = readRuleFolder(join(root, 'examples/rules'));

describe('the page about the default pack', () => {
  const page = packMarkdown({ pack, examples });

  it('has every shipped rule, with its own words', () => {
    for (const file of readdirSync(join(root, 'rules')).filter(
      (name) => name.endsWith('.yaml') && name !== 'settings.yaml',
    )) {
      const name = file.replace('.yaml', '');
      expect(page).toContain(`\n## ${name}\n`);
      const [, first = ''] = readFileSync(join(root, 'rules', file), 'utf8').split('\n');
      expect(page).toContain(first.slice(2));
    }
  });

  it('asks the rules in the order in which production does', () => {
    const asked = [...page.matchAll(/^\| (\d+) \| \[`([a-z0-9-]+)`/gm)].map(([, order, name]) => [Number(order), name]);
    const { rules } = compileFolder(join(root, 'rules'));
    expect(asked).toHaveLength(rules.length);
    expect(asked).toEqual(
      asked.toSorted(([a, x], [b, y]) => Number(a) - Number(b) || (String(x) < String(y) ? -1 : 1)),
    );
  });

  it('fails for rules that do not compile', () => {
    expect(() => packMarkdown({ pack: [{ path: 'rules/a', text: 'name: a' }], examples })).toThrow('do not compile');
  });
});

it('the example exemptions and settings hold beside the shipped rules', () => {
  const { rules, exemptions, settings } = compileFolder(join(root, 'examples/rules'));
  expect(rules.map(({ name }) => name)).toEqual([
    'attacker-blocked',
    'attacker-denied',
    'host-drained',
    'image-enforced',
    'image-kept',
    'logs-routed',
    'node-patched',
    'out-of-traffic',
    'partner-image-enforced',
    'partner-threat',
    'pod-intruder',
    'pod-of-host',
    'role-limited',
    'secret-moved',
    'stolen-credentials',
    'threat-by-cause',
    'threat-intruder',
  ]);
  expect(exemptions.map(({ name }) => name)).toEqual([
    'build-agents-use-docker',
    'legacy-base-image',
    'pen-test-is-quiet',
  ]);
  expect(settings.protected).toHaveLength(2);
});
