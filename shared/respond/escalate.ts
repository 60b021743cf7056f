import { untilWritten } from '../incident/contention.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message } from '../incident/items.ts';
import { keys } from '../incident/keys.ts';
import type { OpenPage } from '../incident/openPage.ts';
import { goneOn, isOverdue, writeGoneOn } from '../incident/openPage.ts';
import type { Table } from '../incident/table.ts';
import { composeGoneOn } from '../report/escalation.ts';
import { askedIn } from '../plan/stop.ts';
import { finishAcknowledged } from './acknowledge.ts';
import type { Effects } from './effects.ts';
import { linked } from './link.ts';

export interface Escalated {
  /** Undefined: there is no such incident. */
  readonly head: Head | undefined;
  /** Id of the message that this very call has written. */
  readonly mine?: string;
}

/**
 * A page that nobody has acknowledged in time goes on: what says so lies in the outbox of the head that this answers with. Called by whoever
 * looks after an incident; of several at the same time one writes it, and that one sends it.
 */
export async function escalateIfOverdue(
  effects: Pick<Effects, 'table' | 'clock' | 'stage' | 'log' | 'newId' | 'consoleUrl'>,
  incident: string,
): Promise<Escalated> {
  const { table, clock, stage, log } = effects;
  const now = clock.now();
  return untilWritten(async (): Promise<Escalated | undefined> => {
    const head = await readHead(table, incident);
    if (head?.page == null || !isOverdue(head.page, now)) return { head };
    const { page } = head;
    if (await finishAcknowledged({ table, stage }, head, page)) return { head: await readHead(table, incident) };
    const sent = await sentAs(table, head, page);
    // It is not out yet: nobody can have acknowledged it, and there is nothing to repeat.
    if (sent === undefined) return { head };
    const at = now.toISOString();
    const after = goneOn(page, at);
    const text = composeGoneOn(sent, after, incident, stage);
    const { level } = after;
    const again: Message = {
      ...sent,
      ...text,
      id: `${page.id}/again-${page.next}`,
      level,
      goesOn: true,
      sent: false,
      at,
    };
    const message = linked(effects, again, askedIn(head.stops)?.of ?? null);
    const written = await writeGoneOn(table, head, page, message);
    if (written !== undefined) log('Page goes on', { incident, page: page.id, level });
    return written === undefined ? undefined : { head: written, mine: message.id };
  });
}

/** The page as it went out. Only `markSent` writes under this key. */
async function sentAs(table: Table, { incident }: Head, { id }: OpenPage): Promise<Message | undefined> {
  const item = await table.get(keys.message(incident, id));
  if (item === undefined) return undefined;
  const { pk: _pk, sk: _sk, ...message } = item;
  return message as unknown as Message;
}
