import { untilWritten } from '../incident/contention.ts';
import {
  beginGathering,
  type Folded,
  foldedInto,
  type Gathering,
  putFolded,
  writeFolded,
} from '../incident/gatherings.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message } from '../incident/items.ts';
import { keys } from '../incident/keys.ts';
import { type OpenPage, tightened, writeTightened } from '../incident/openPage.ts';
import type { Escalates } from '../plan/plan.ts';
import type { Effects } from './effects.ts';

export type FoldEffects = Pick<Effects, 'table' | 'publisher' | 'clock' | 'log' | 'stage' | 'newId' | 'consoleUrl'>;

/** Longer than whoever wrote a page takes to send it; what is not sent by then may never be. */
const justMs = 60_000;

/**
 * `sent`: people have it. `pending`: it was written just now, and whoever wrote it sends it. `unsent`: nobody may rely on it.
 * @param at when it was written, ISO
 */
export async function stateOfPage(
  { table, clock }: Pick<FoldEffects, 'table' | 'clock'>,
  incident: string,
  page: string,
  at: string,
): Promise<'sent' | 'pending' | 'unsent'> {
  const kept = await table.get(keys.message(incident, page));
  if (kept !== undefined) return kept['sent'] === true ? 'sent' : 'unsent';
  return clock.now().getTime() - Date.parse(at) < justMs ? 'pending' : 'unsent';
}

/** How the page that a message opened goes on. */
export const escalatesOf = ({ page }: Head, { id }: Message): Escalates | null =>
  page?.id === id ? page.escalates : null;

/** What a person types about it: the lines of its own text that say so. */
const commandsIn = ({ body }: Message): readonly string[] =>
  body.split('\n').filter((line) => /^(Approve|Only the least .*|Reject): firebreak /.test(line));

/** A page as one of those that another tells. */
export const foldedOf = (head: Head, message: Message, campaign: string | null, urgent: boolean): Folded => ({
  incident: head.incident,
  message: message.id,
  at: message.at,
  subject: message.subject,
  escalates: escalatesOf(head, message),
  roles: message.openRoles ?? [],
  campaign,
  urgent,
  commands: urgent ? commandsIn(message) : [],
});

/** Whether credentials are open of which neither these pages nor what was folded into them says so. One that is told twice does no harm. */
export async function opensMore(
  { table }: Pick<FoldEffects, 'table'>,
  parent: string,
  { openRoles = [], id }: Message,
  told: readonly string[] = [],
): Promise<boolean> {
  if (openRoles.every((role) => told.includes(role))) return false;
  const others = (await foldedInto(table, parent)).filter(({ message }) => message !== id);
  const known = new Set([...told, ...others.flatMap(({ roles }) => roles)]);
  return openRoles.some((role) => !known.has(role));
}

/** The page that tells another goes on as soon as that would have. Where it cannot any more (all its times are over), it stays so. */
async function tighten(table: FoldEffects['table'], parent: string, own: OpenPage): Promise<void> {
  await untilWritten(async () => {
    const page = (await readHead(table, parent))?.page;
    const after = page == null ? undefined : tightened(page, own);
    return page == null || after === undefined || (await writeTightened(table, parent, page, after)) || undefined;
  });
}

/**
 * A page is told by another, which people have. First it is put among what that one tells, then it leaves its own outbox unsent: cut off in between,
 * it is folded again, or goes out.
 */
export async function foldInto(
  { table, log }: FoldEffects,
  { head, message }: { readonly head: Head; readonly message: Message },
  into: { readonly parent: Head; readonly folded: Folded; readonly first: Gathering },
): Promise<void> {
  const { incident } = head;
  const { parent, folded, first } = into;
  const { id } = message;
  await putFolded(table, parent.incident, folded);
  await beginGathering(table, parent, first);
  if (head.page?.id === id) await tighten(table, parent.incident, head.page);
  await untilWritten(async () => {
    const now = await readHead(table, incident);
    if (now?.outbox.some((one) => one.id === id) !== true) return true;
    return (await writeFolded(table, now, message, parent.incident)) || undefined;
  });
  log('Page is told by another', { incident, message: id, by: parent.incident, campaign: folded.campaign });
}
