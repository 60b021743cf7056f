import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { underPack } from '../../tools/findingKinds/underPack.ts';
import { invalidPath, parsed, sampleEvent } from '../finding/sampleEvent.ts';
import { now } from '../plan/fakes.ts';

interface Expected {
  readonly event: string;
  readonly decision: string;
  readonly rule: string | null;
  readonly tier: string;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const expected = read('events/expected.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Expected);

function shippedRules(): RuleSet {
  const files = readdirSync(new URL('../../rules/', import.meta.url)).filter((name) => name.endsWith('.yaml'));
  const sources = files.map((name) => ({
    path: name === 'settings.yaml' ? 'settings' : `rules/${name.replace('.yaml', '')}`,
    text: read(`rules/${name}`),
  }));
  const { set, problems } = compileRuleSet(sources, catalogue);
  if (set === null) throw new Error(JSON.stringify(problems));
  return set;
}

describe('the sample events under the shipped rules', () => {
  const set = shippedRules();

  test.each(expected.filter(({ decision }) => decision !== 'invalid'))(
    '$event: $decision, rule $rule, $tier',
    ({ event, decision, rule, tier }) => {
      expect(underPack(sampleEvent(event.replace('.json', '')), set, now)).toMatchObject({ decision, rule, tier });
    },
  );

  test.each(expected.filter(({ decision }) => decision === 'invalid'))('$event: invalid', ({ event, rule, tier }) => {
    expect(invalidPath(() => parsed(sampleEvent(event.replace('.json', ''))))).toMatch(/^detail\./);
    expect([rule, tier]).toEqual([null, 'none']);
  });
});
