import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { month } from '../../bench/month/month.ts';
import { loadArtifacts, root } from '../../cli/artifacts.ts';
import { readRules } from '../../cli/explain/command.ts';
import { routesOf } from '../../cli/explain/routes.ts';
import { readRuleFolder } from '../../cli/files.ts';
import { replayPage } from '../../cli/replay/html/page.ts';
import { replay } from '../../cli/replay/replay.ts';
import { resultOf, seriesOf } from '../../cli/replay/result.ts';
import { eventsFrom } from '../../cli/replay/stream.ts';
import { zoneClock } from '../../cli/replay/zone.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { playAll } from '../cli/replay/bruteForce.ts';
import { cameByHand, totalsByHand } from '../cli/replay/counting.ts';

/**
 * Production plays some hundred events a second, so a month of a hundred thousand is for whoever asks for it: FIREBREAK_MONTH=100000. Ten thousand in
 * `npm run test:all`, few in `npm test`.
 */
const full = process.env['FIREBREAK_FULL'] === '1';
const sparse = full ? 5_000 : 800;
const dense = Number(process.env['FIREBREAK_MONTH'] ?? (full ? 10_000 : 800));
const seed = 7;
const folder = join(root, 'rules');

/** The default pack with other texts of some of its files. */
function packWith(changes: Readonly<Record<string, (text: string) => string>>): RuleSet {
  const sources = readRuleFolder(folder).map((source) => ({
    ...source,
    text: changes[source.path]?.(source.text) ?? source.text,
  }));
  const { set, problems } = compileRuleSet(sources, catalogue);
  if (set === null) throw new Error(JSON.stringify(problems));
  return set;
}

const routes = () => routesOf(loadArtifacts().template);

async function* bytes(events: number): AsyncGenerator<Uint8Array> {
  for (const text of month({ events, seed })) yield Buffer.from(`${text}\n`);
}

async function compared(events: number, sets: readonly RuleSet[]) {
  const zone = zoneClock('UTC');
  const replayed = await replay(eventsFrom(bytes(events), 'month'), { sets, at: new Date(0), routes: routes(), zone });
  return { replayed, result: resultOf(replayed, { zone: 'UTC', account: false }) };
}

/** Production's own states, event after event, and what they left behind counted by hand. */
async function byHand(events: number, set: RuleSet) {
  const played = await playAll(month({ events, seed }), set, routes());
  return { totals: totalsByHand(played), came: cameByHand(played) };
}

/** The one rule that is changed: it enforces, and takes what has one critical vulnerability less. */
const enforcing = (text: string): string => text.replace('mode: observe', 'mode: enforce');

const packs: readonly (readonly [what: string, events: number, a: RuleSet, b: RuleSet])[] = [
  ['one rule that enforces', dense, readRules(folder), packWith({ 'rules/image-critical': enforcing })],
  [
    'a threat that only wakes somebody once it has been seen often, an exemption that expires, a longer quiet time',
    sparse,
    packWith({
      'rules/threat-ecs': (text) =>
        text.replace(/^ {2}severity: .*$/m, '$&\n  threat: { count: [{ numeric: [">", 30] }] }'),
      settings: (text) => text.replace('quietHours: 24', 'quietHours: 72'),
    }),
    {
      ...packWith({ 'rules/image-fixable': enforcing }),
      exemptions: [
        {
          name: 'half',
          when: { source: ['inspector'], severity: [{ numeric: ['>=', 8] }] },
          owner: 'platform',
          reason: 'until the base image is there',
          expires: '2026-10-12T03:00:00.000Z',
        },
        {
          name: 'by-hand',
          when: { source: ['guardduty'] },
          actions: ['ecs.contain-service'],
          owner: 'platform',
          reason: 'moved by hand',
          expires: '2026-10-20T03:00:00.000Z',
        },
      ],
    },
  ],
];

describe.each(packs)('a month replayed under two sets of rules: %s', (_what, events, a, b) => {
  it("comes to what production's own states come to, event after event", async () => {
    const { result } = await compared(events, [a, b]);
    const [one, other] = [await byHand(events, a), await byHand(events, b)];
    expect(result.events).toBe(events);
    expect(result.a).toEqual(one.totals);
    expect(result.b).toEqual(other.totals);
    const incidents = new Set([...one.came.keys(), ...other.came.keys()]);
    const changed = new Map(result.changed.map((each) => [each.incident, each]));
    expect(changed.size).toBeGreaterThan(0);
    for (const incident of incidents) {
      const [before, after] = [one.came.get(incident), other.came.get(incident)];
      const told = changed.get(incident);
      if (told === undefined) expect(before, incident).toEqual(after);
      else expect([told.a, told.b], incident).toEqual([before, after]);
    }
    for (const incident of changed.keys()) expect(incidents.has(incident)).toBe(true);
  }, 3_600_000);
});

describe('the report of a replayed month', () => {
  it('shows every number of the result, and every incident that differs', async () => {
    const [first] = packs;
    if (first === undefined) throw new Error('There is no pack');
    const [, events, a, b] = first;
    const { replayed, result } = await compared(events, [a, b]);
    const page = replayPage(result, seriesOf(replayed.sides), { a: 'rules', b: 'mine' });
    const plain = (value: number): string => value.toLocaleString('en-US');
    for (const totals of [result.a, result.b]) {
      if (totals === undefined) throw new Error('One side is missing');
      const numbers = [totals.incidents, ...Object.values(totals.pages), totals.pagesAtNight, totals.targets];
      for (const value of [...numbers, ...Object.values(totals.actions)]) expect(page).toContain(`>${plain(value)}<`);
    }
    expect(page).toContain(`<h2>${plain(result.changed.length)} incidents differ from A to B</h2>`);
    const shown = result.changed.slice(0, 500);
    expect(page.match(/<section class="incident">/g)).toHaveLength(shown.length);
    for (const { incident } of shown) expect(page).toContain(`<h3>${incident}</h3>`);
    // Each chart has a bar for each day, or hour, of each side, and their heights add up to the pages.
    expect(page.match(/<svg /g)).toHaveLength(4);
    const pagesOf = (side: string) =>
      [
        ...(page.split('<figcaption>Pages a day')[1]?.split('</svg>')[0] ?? '').matchAll(
          /<title>[^<]*, ([AB]): (\d+)</g,
        ),
      ]
        .filter(([, name]) => name === side)
        .reduce((sum, [, , count]) => sum + Number(count), 0);
    expect([pagesOf('A'), pagesOf('B')]).toEqual([result.a.pages.page, result.b?.pages.page]);
  });

  it('is told of the same pack as no difference', async () => {
    const { result } = await compared(sparse, [readRules(folder), readRules(folder)]);
    expect(result.changed).toEqual([]);
    expect(result.b).toEqual(result.a);
    expect(result.a.incidents).toBeGreaterThan(0);
  });
});
