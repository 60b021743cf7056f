import { keys } from '../incident/keys.ts';
import type { PublishedPointer } from '../incident/rulesets.ts';
import type { Key, Table } from '../incident/table.ts';
import { ascii, plain, shellWord } from '../report/text.ts';
import { announcedDays } from '../rules/lint/exemptionEnds.ts';
import type { Exemption } from '../rules/rule.ts';
import { parseRuleSet } from '../rules/storedSet.ts';
import type { GuardEffects } from './guard.ts';

type AnnounceEffects = Pick<GuardEffects, 'table' | 'bodies' | 'clock' | 'log' | 'stage' | 'actions' | 'notify'>;

interface Due {
  readonly exemption: Exemption;
  readonly what: 'soon' | 'over';
  readonly key: Key;
}

const soonMs = announcedDays * 86_400_000;
/** The guard's function is ended after 50 s: what another has begun for longer than this is begun by nobody. */
const begunMs = 120_000;

/** Of the set that was read last: it never changes under its hash. */
let latest: { readonly hash: string; readonly exemptions: readonly Exemption[] } | undefined;
/** What is known to be told, so that what expired a month ago is not asked about each minute. */
const knownTold = new WeakMap<Table, Set<string>>();

async function exemptionsOf({ bodies, actions }: AnnounceEffects, hash: string): Promise<readonly Exemption[]> {
  if (latest?.hash !== hash) {
    const { exemptions } = parseRuleSet(await bodies.get(hash), actions);
    latest = { hash, exemptions };
  }
  return latest.exemptions;
}

function dueAt(exemption: Exemption, now: number): readonly Due[] {
  const { name, expires } = exemption;
  const leftMs = Date.parse(expires) - now;
  if (leftMs > soonMs) return [];
  const what = leftMs <= 0 ? 'over' : 'soon';
  return [{ exemption, what, key: keys.exemptionEnd(name, what, expires) }];
}

const placeOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** Whether this guard is to tell: nobody has, and nobody is about to. */
async function isOurs({ table, clock }: AnnounceEffects, { key }: Due, told: Set<string>): Promise<boolean> {
  const place = placeOf(key);
  if (told.has(place)) return false;
  const now = clock.now();
  const at = now.toISOString();
  if (await table.putIfAbsent({ ...key, at, told: false })) return true;
  const item = await table.get(key);
  if (item?.['told'] === true) {
    told.add(place);
    return false;
  }
  const begun = String(item?.['at'] ?? '');
  if (now.getTime() - Date.parse(begun) < begunMs) return false;
  return (await table.update(key, { at: begun, told: false }, { set: { at } })) !== undefined;
}

const lineOf = ({ exemption: { name, owner, expires, reason }, what }: Due): string =>
  `${plain(name, 64)} of ${plain(owner)} ${what === 'over' ? 'ended' : 'ends'} ${expires}: ${plain(reason)}`;

function textOf(due: readonly Due[], stage: string): { readonly subject: string; readonly body: string } {
  const of = (what: Due['what']): readonly string[] => due.filter((one) => one.what === what).map(lineOf);
  const [soon, over] = [of('soon'), of('over')];
  const words = over.length > 0 ? 'exemptions are over' : 'exemptions end soon';
  const lines = [
    ...(over.length === 0 ? [] : ['Over. The rules act and wake people again on what they took out:', ...over, '']),
    ...(soon.length === 0 ? [] : [`Over within ${announcedDays} days:`, ...soon, '']),
    `To keep one, write a later "expires" into /firebreak/${stage}/exemptions/<name>; delete those that are not needed.`,
    `When each was last used: firebreak exemptions list --stage ${shellWord(stage)}`,
  ];
  return { subject: ascii(`NO ACTION: ${words}, Firebreak ${stage}`, 99), body: lines.join('\n') };
}

/**
 * Tells the owner of the rules of each exemption of the published set that ends within seven days, and of each that has ended: once for each
 * end, which a new `expires` makes another. A guard that dies between telling and noting it is followed by one that tells again. Throws
 * nothing: what could not be told is logged, and tried again after two minutes; rules are published all the same. False: something is left
 * to be told.
 */
export async function announceExpiry(
  effects: AnnounceEffects,
  pointer: PublishedPointer | undefined,
): Promise<boolean> {
  if (pointer === undefined) return true;
  const { table, clock, notify, stage, log } = effects;
  const told = knownTold.get(table) ?? new Set<string>();
  knownTold.set(table, told);
  try {
    const now = clock.now().getTime();
    const due = (await exemptionsOf(effects, pointer.hash)).flatMap((exemption) => dueAt(exemption, now));
    const ours: Due[] = [];
    for (const one of due) if (await isOurs(effects, one, told)) ours.push(one);
    if (ours.length === 0) return due.every(({ key }) => told.has(placeOf(key)));
    const { subject, body } = textOf(ours, stage);
    await notify(subject, body);
    for (const { key } of ours) await table.update(key, {}, { set: { told: true } });
    return false;
  } catch (error) {
    log.error('The end of exemptions could not be told', { error });
    return false;
  }
}
