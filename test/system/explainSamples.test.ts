import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../cli/artifacts.ts';
import { explainAll } from '../../cli/explain/command.ts';
import { readEvents } from '../../cli/explain/events.ts';
import type { Explained } from '../../cli/explain/explained.ts';
import { firebreak } from './firebreak.ts';

interface Expected {
  readonly event: string;
  readonly decision: string;
  readonly rule: string | null;
  readonly tier: string;
}

const expected = readFileSync(join(root, 'events', 'expected.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Expected);

describe('explain, under the shipped rules and the packaged template', () => {
  let explained: readonly Explained[] = [];
  beforeAll(async () => {
    const events = expected.flatMap(({ event }) => readEvents(join(root, 'events', event)));
    explained = await explainAll(events, { rules: join(root, 'rules'), at: new Date('2026-11-20T10:00:00Z') });
  });

  it.each(expected.map((one, at) => ({ ...one, at })))('$event: $decision, rule $rule, $tier', (one) => {
    const { decision, rule, page } = explained[one.at] ?? {};
    expect({ decision, rule: rule?.name ?? null, tier: page?.tier }).toEqual({
      decision: one.decision,
      rule: one.rule,
      tier: one.tier,
    });
  });

  it('reads standard input, as a process of its own, exit 0', async () => {
    const event = readFileSync(join(root, 'events', 'ecr-scan-critical.json'), 'utf8');
    const ran = await firebreak(['explain', '-', '--json'], { stdin: event });
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(JSON.parse(ran.out)).toMatchObject({ version: 1, events: [{ intake: 'imageScan', decision: 'observe' }] });
  });
});
