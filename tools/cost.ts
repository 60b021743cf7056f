/**
 * `npm run cost`: counts on the embedded account what each incident of the demo, each kind of event and an idle hour take, and writes
 * docs/cost.generated.md with the prices of docs/cost.md. Exit 1: a containment costs more than its goal.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadArtifacts, root } from '../cli/artifacts.ts';
import { count } from './cost/counted.ts';
import { costMarkdown, costOf, GOAL_DOLLARS } from './cost/page.ts';
import { readPrices } from './cost/prices.ts';

const prices = readPrices(readFileSync(join(root, 'docs', 'cost.md'), 'utf8'));
const counted = await count(loadArtifacts());
writeFileSync(join(root, 'docs', 'cost.generated.md'), costMarkdown(counted, prices));

let above = 0;
for (const { scenario, step, direction, outcome, usage } of counted.incidents) {
  const cost = costOf(usage, prices);
  const isAbove = direction === 'do' && cost > GOAL_DOLLARS;
  if (isAbove) above += 1;
  process.stdout.write(`$${cost.toFixed(6)} ${isAbove ? 'ABOVE THE GOAL' : ''} ${outcome}: ${scenario}, ${step}\n`);
}
process.exitCode = above === 0 ? 0 : 1;
