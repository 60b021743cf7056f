import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadArtifacts, root } from '../../cli/artifacts.ts';
import { type Counted, count, countedScenarios } from '../../tools/cost/counted.ts';
import { containmentMs } from '../../tools/cost/incidents.ts';
import { costMarkdown, costOf, GOAL_DOLLARS } from '../../tools/cost/page.ts';
import { readPrices } from '../../tools/cost/prices.ts';

const docs = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8');
const prices = readPrices(docs('cost.md'));

describe('what the demo costs', () => {
  let counted: Counted;
  beforeAll(async () => {
    counted = await count(loadArtifacts());
  }, 1_200_000);

  it('is at most a tenth of a cent for each containment', () => {
    const dear = counted.incidents.flatMap(({ scenario, step, direction, usage }) => {
      const cost = costOf(usage, prices);
      return direction === 'do' && cost > GOAL_DOLLARS ? [`${scenario}, ${step}: $${cost.toFixed(6)}`] : [];
    });
    expect(dear).toEqual([]);
  });

  it('is counted of every scenario that opens an incident, and some of them contain something', () => {
    const silent = countedScenarios.filter(({ name }) => !counted.incidents.some(({ scenario }) => scenario === name));
    // Nothing happens in it but an edit of a rule.
    expect(silent.map(({ name }) => name)).toEqual(['bad-edit']);
    expect(counted.incidents.filter((one) => containmentMs(one) !== null).length).toBeGreaterThanOrEqual(4);
    for (const { usage } of counted.incidents) {
      expect(usage.transitions).toBeGreaterThanOrEqual(6);
      expect(usage.writeUnits).toBeGreaterThan(0);
      expect(usage.calls).toBeGreaterThan(0);
    }
  });

  it('is what the page says: else run "npm run cost"', () => {
    expect(docs('cost.generated.md')).toBe(costMarkdown(counted, prices));
  });
});
