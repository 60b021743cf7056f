import { openReading } from '../../../cli/explain/reading.ts';
import { Replay } from '../../../cli/replay/replay.ts';
import { surroundingsIn } from '../../../cli/replay/surroundings.ts';
import { zoneClock } from '../../../cli/replay/zone.ts';
import { catalogue } from '../../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import type { RuleSet } from '../../../shared/rules/rule.ts';

/** Rules, by their path, as they are written in their files. */
export function setOf(files: Readonly<Record<string, string>>): RuleSet {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { set, problems } = compileRuleSet(sources, catalogue);
  if (set === null) throw new Error(JSON.stringify(problems));
  return set;
}

/** Everything is routed but what says that it is not. */
export const everywhere = [
  { rule: 'All', pattern: compilePattern({ detail: { unrouted: [{ exists: false }] } }), intake: 'all' },
];

export async function replayOf(sets: readonly RuleSet[], events: Iterable<unknown>, zone = 'UTC'): Promise<Replay> {
  const reading = await openReading(undefined, new Date(0));
  const options = { sets, routes: everywhere, zone: zoneClock(zone), account: undefined };
  const going = new Replay(options, surroundingsIn(reading, new Date(0)));
  let n = 0;
  for (const event of events) {
    n += 1;
    const place = `events.jsonl:${n}`;
    await going.take(event, () => place);
  }
  return going;
}
