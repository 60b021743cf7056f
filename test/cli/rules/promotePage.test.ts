import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../cli/events/archived.ts';
import { recordedEvents } from '../../../cli/events/recorded.ts';
import { replayEnforced } from '../../../cli/replay/enforced.ts';
import { zoneClock } from '../../../cli/replay/zone.ts';
import type { Candidate } from '../../../cli/rules/promote/candidate.ts';
import { type Recorded, recordedOnStage } from '../../../cli/rules/promote/onStage.ts';
import { promotePage } from '../../../cli/rules/promote/page.ts';
import type { WouldHaveDone } from '../../../cli/rules/promote/wouldHaveDone.ts';
import type { StageConnection } from '../../../cli/stage.ts';
import type { PlanRef } from '../../../shared/incident/items.ts';
import { keys } from '../../../shared/incident/keys.ts';
import { memoryTable } from '../../../shared/incident/memoryTable.ts';
import { scan } from '../../finding/sampleEvent.ts';
import { everywhere, setOf } from '../replay/replaying.ts';

const set = setOf({
  'rules/a': 'name: a\nwhen: { label: [critical] }\ndo: [ecr.quarantine-image]\nmode: observe\n',
});
const candidate: Candidate = {
  ...{ kind: 'candidate', rule: 'a', parameter: '/firebreak/prod/rules/a', version: 3, text: '', next: '', set },
  changes: ['rule a: mode is "enforce", was "observe"'],
} as const;

async function* archive(...lines: readonly (readonly string[] | null)[]): AsyncGenerator<Batch> {
  for (const [at, some] of lines.entries()) yield { key: `events/${at}`, lines: some };
}
const line = (change: Parameters<typeof scan>[0] = {}): string => JSON.stringify(scan(change));
const incident = 'image/123456789012/us-east-1/payments/checkout-api@sha256:';

async function would(batches: AsyncIterable<Batch>, more: Partial<WouldHaveDone> = {}): Promise<WouldHaveDone> {
  const reading = { events: 0, repeated: 0, unreadable: 0 };
  const options = { at: new Date(0), routes: everywhere, zone: zoneClock('UTC') };
  const replay = await replayEnforced(recordedEvents(batches, reading), set, ['a'], options);
  const until = new Date(Date.parse(replay.from ?? '2026-11-20T00:00:00Z') + 5 * 86_400_000 - 1);
  return {
    since: new Date(until.getTime() - 30 * 86_400_000).toISOString(),
    until: until.toISOString(),
    archive: { ...reading, keepsDays: 35, missed: [] },
    replay,
    observeOnly: false,
    recorded: { asked: replay.changed.length, incidents: [] },
    ...more,
  };
}
const page = (of: WouldHaveDone): string => promotePage(candidate, of, 'prod').join('\n');

describe('what a rule would have done', () => {
  it('is counted from the archive: each event once, what differs, and the worst of it', async () => {
    const text = page(await would(archive([line(), line()])));
    expect(text).toContain('Rule a observes (version 3 of /firebreak/prod/rules/a).');
    expect(text).toMatch(/^Stage prod has recorded 1 event from /m);
    expect(text).toMatch(/^done: ecr\.quarantine-image +0 +1 +\+1$/m);
    expect(text).toMatch(/^pages +0 +0$/m);
    expect(text).toMatch(/^ {2}at night +0 +0$/m);
    expect(text).toMatch(/^1 incident would have come to something else.*\n {2}image.*: new containment$/m);
    expect(text).toContain('To be switched: rule a: mode is "enforce", was "observe".');
  });

  it('says that it shows less than 30 days, or knows nothing, and what of the archive is missing', async () => {
    expect(page(await would(archive([line()])))).toMatch(
      /^Before .* nothing is recorded: this shows 5 days, not 30\.$/m,
    );
    const none = page(await would(archive()));
    expect(none).toMatch(/recorded no event .*: what the rule would have done is not known\.$/m);
    expect(none).not.toContain('incidents');
    const broken = await would(archive(null, ['{"half', line()]), {});
    expect(broken.archive).toMatchObject({ events: 1, unreadable: 2 });
    expect(page({ ...broken, archive: { ...broken.archive, missed: [{ day: '2026-11-19', count: 2 }] } })).toMatch(
      /^Not read, because it is not what intake writes: 2 objects\.\nNot archived on 2026-11-19: 2 events\.$/m,
    );
  });

  it('says beside it what the stage itself decided, with the account read', async () => {
    const known = await would(archive([line()]));
    const seen: Recorded = {
      ...{ incident: known.replay.changed[0]?.incident ?? '', at: '2026-11-20T09:15:00Z', decision: 'observe' },
      ...{ reason: 'observes', would: {}, notDone: ['It runs in \u001b[2Jservice shop'] },
    } as const;
    const text = page({ ...known, recorded: { asked: 1, incidents: [seen] } });
    expect(text).toMatch(/the stage itself, 2026-11-20T09:15:00Z: observe; It runs in .*service shop$/m);
    expect(text).not.toContain('\u001b');
    expect(text).toMatch(/the stage itself has decided 1 by this rule, .*:\n {2}nothing would be done in 1 of them$/m);
  });

  it('says that nothing changes as long as the settings say observeOnly', async () => {
    expect(page(await would(archive([line()]), { observeOnly: true }))).toContain('The settings say observeOnly');
  });
});

describe('what the stage decided of an incident', () => {
  const plan = (rules: readonly string[], notDone: readonly string[]) =>
    JSON.stringify({ rules, notDone, decision: 'observe', reason: 'r', steps: [], proposed: [] });
  const bodies = { get: async (hash: string) => hash };
  const about = { rule: 'a', since: new Date('2026-11-01T00:00:00Z') };

  it('is the latest plan of this rule in that time, and no undo', async () => {
    const table = memoryTable();
    const put = (at: string, hash: string, direction: PlanRef['direction'] = 'do') =>
      table.putIfAbsent({ ...keys.plan(incident, at, 1, hash), hash, at, direction });
    await put('2026-10-31T00:00:00Z', plan(['a'], ['too old']));
    await put('2026-11-02T00:00:00Z', plan(['a'], ['earlier']));
    await put('2026-11-03T00:00:00Z', plan(['a', 'b'], ['this']));
    await put('2026-11-04T00:00:00Z', plan(['b'], ['another rule']));
    await put('2026-11-05T00:00:00Z', plan(['a'], ['undo']), 'undo');
    const connection = { effects: { table, bodies } } as unknown as StageConnection;
    const found = await recordedOnStage(connection, [incident, 'image/other'], about);
    expect([...found.values()].map(({ notDone }) => notDone)).toEqual([['this']]);
  });
});
