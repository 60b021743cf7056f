import {
  beginDigests,
  type DigestRecord,
  type DigestTold,
  noteDigest,
  noteToldIn,
  readDigest,
  writeDigest,
} from '../incident/digests.ts';
import { digestHtml } from '../report/digestHtml.ts';
import { digestText } from '../report/digestText.ts';
import { headlineOf } from '../report/digestWords.ts';
import { digestOf, lastHour } from '../rules/digestTime.ts';
import type { DigestTime, RuleSet } from '../rules/rule.ts';
import { type Asked, gatherDigest, headsForDigests } from './digestModel.ts';
import type { Effects } from './effects.ts';

export type DigestEffects = Pick<Effects, 'table' | 'publisher' | 'clock' | 'log' | 'stage'> & {
  readonly bodies: Pick<Effects['bodies'], 'get'>;
};

/** Who is told in the morning, and when. */
export function digestsOf({ settings }: Pick<RuleSet, 'settings'>): readonly {
  readonly team: string | null;
  readonly time: DigestTime;
}[] {
  const teams = [null, ...(settings.teams ?? []).map(({ name }) => name)];
  return teams.flatMap((team) => {
    const time = digestOf(team, settings);
    return time === undefined ? [] : [{ team, time }];
  });
}

/** The function of the sweep is ended after 120 s: what another has written for longer than this is sent by nobody. */
const writtenMs = 120_000;

/**
 * Sends each digest whose hour has come: one for each team and day, however often and however many at the same time this is called. Written
 * first, with its text; then sent, at least once; then what it has told leaves the outboxes. Hours that were missed are told in one, later.
 * @param incidents the open ones
 */
export async function sendDigests(
  effects: DigestEffects,
  set: RuleSet,
  incidents: () => Promise<readonly string[]>,
): Promise<void> {
  let heads: Promise<Pick<Asked, 'heads' | 'unread'>> | undefined;
  const read = (): Promise<Pick<Asked, 'heads' | 'unread'>> => {
    heads ??= incidents().then((all) => headsForDigests(effects.table, all));
    return heads;
  };
  const failures: unknown[] = [];
  for (const { team, time } of digestsOf(set)) {
    try {
      await sendDigest(effects, { team, time, set, read });
    } catch (error) {
      effects.log('A digest could not be sent', { team, error });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

interface Due {
  readonly team: string | null;
  readonly time: DigestTime;
  readonly set: RuleSet;
  readonly read: () => Promise<Pick<Asked, 'heads' | 'unread'>>;
}

async function sendDigest(effects: DigestEffects, due: Due): Promise<void> {
  const { table, clock } = effects;
  const { team, time } = due;
  const now = clock.now();
  const hour = lastHour(time, now);
  const known = await readDigest(table, team);
  if (known === undefined) return beginDigests(table, team, hour.day, now);
  const before = known.state === 'done' ? known : await finish(effects, due, known);
  if (before === undefined || before.day >= hour.day) return;
  const written = await write(effects, due, before, hour.day);
  if (written !== undefined) await publish(effects, due, written);
}

/** What another has begun. Undefined: it is still at it. */
async function finish(effects: DigestEffects, due: Due, record: DigestRecord): Promise<DigestRecord | undefined> {
  const since = effects.clock.now().getTime() - Date.parse(record.at);
  if (record.state === 'written' && since < writtenMs) return undefined;
  return publish(effects, due, record);
}

async function write(
  effects: DigestEffects,
  { team, set, read }: Due,
  before: DigestRecord,
  day: string,
): Promise<DigestRecord | undefined> {
  const now = effects.clock.now();
  const { model, collected } = await gatherDigest(effects, { team, since: before.at, now, set, ...(await read()) });
  const told: DigestTold = {
    id: idOf(team, day),
    subject: headlineOf(model),
    body: digestText(model),
    html: digestHtml(model),
    collected,
  };
  const next = { day, at: model.at, told };
  return (await writeDigest(effects.table, team, before, next)) ? { ...next, state: 'written' } : undefined;
}

const idOf = (team: string | null, day: string): string => `digest/${team ?? '-'}/${day}`;

/** From where it had come to. A repeat has the same id and text. */
async function publish(effects: DigestEffects, { team, read }: Due, record: DigestRecord): Promise<DigestRecord> {
  const { table, publisher, log } = effects;
  const { told } = record;
  if (told !== undefined && record.state === 'written') {
    const about = { id: told.id, thread: told.id, team: team ?? '', escalation: '0' };
    await publisher.publish('digest', told.subject, told.body, about, told.html);
    await noteDigest(table, team, record, 'sent');
    log('Digest sent', { team, day: record.day, collected: told.collected.length });
  }
  if (told !== undefined) await noteToldIn(table, told, (await read()).heads);
  await noteDigest(table, team, { ...record, state: 'sent' }, 'done');
  return { ...record, state: 'done' };
}
