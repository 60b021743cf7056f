import type { JsonObject } from '../platform/json.ts';
import { untilWritten } from './contention.ts';
import { readHead } from './head.ts';
import type { StandingChange, TargetRecord, UndoneByPerson } from './items.ts';
import { keys } from './keys.ts';
import type { Change, Expect, Item, Table } from './table.ts';

const changePrefix = 'change:';

/** The attribute that holds what an action changed: one each, so that "none yet" is a condition. */
export const changeAttribute = (action: string): string => `${changePrefix}${action}`;

const recordOf = (item: Item): TargetRecord => {
  const changes = Object.entries(item)
    .filter(([name]) => name.startsWith(changePrefix))
    .map(([, value]) => value as unknown as StandingChange);
  const incident = item['ownerIncident'];
  const run = item['ownerRun'];
  return {
    target: String(item['target']),
    undone: (item['undone'] ?? null) as UndoneByPerson | null,
    owner: typeof incident === 'string' && typeof run === 'string' ? { incident, run } : null,
    interested: (item['interested'] ?? []) as readonly string[],
    changes,
    contained: changes.some((change) => change.verifiedAt !== undefined && change.step.facts.contains),
    version: Number(item['version']),
  };
};

export async function readTarget(table: Table, target: string): Promise<TargetRecord | undefined> {
  const item = await table.get(keys.target(target));
  return item === undefined ? undefined : recordOf(item);
}

/** Targets that an incident has ever had to do with, in key order. */
export async function touchedTargets(table: Table, incident: string): Promise<readonly TargetRecord[]> {
  const pointers = await table.query(keys.incident(incident), 'target#');
  const records = await Promise.all(pointers.map((pointer) => readTarget(table, String(pointer['target']))));
  return records.filter((record) => record !== undefined);
}

/** Those of them that it wants contained. */
export async function targetsOf(table: Table, incident: string): Promise<readonly TargetRecord[]> {
  return (await touchedTargets(table, incident)).filter(({ interested }) => interested.includes(incident));
}

/**
 * Notes on which target others meet, before anything is changed there. Once it is, AWS may not show any more what
 * belongs together: an archived index does not say what it lists.
 */
export async function noteMeeting(table: Table, at: string, members: readonly string[]): Promise<void> {
  for (const member of members) {
    const key = keys.meets(member);
    if (!(await table.putIfAbsent({ ...key, at }))) await table.update(key, {}, { set: { at } });
  }
}

/** The record of the target on which this one was changed together with others last. */
export async function meetingOf(table: Table, target: string): Promise<TargetRecord | undefined> {
  const at = (await table.get(keys.meets(target)))?.['at'];
  return typeof at === 'string' ? readTarget(table, at) : undefined;
}

/** What an action changed there together with this target, where that stands. */
export const changedTogether = (
  met: TargetRecord | undefined,
  target: string,
  action: string,
): StandingChange | undefined =>
  met?.changes.find((change) => change.action === action && change.step.members?.includes(target) === true);

/** Longer than an Act may run (a Lambda function ends after 15 minutes at the latest): after that no late call is under way. */
const actMayRunMs = 15 * 60_000;

/** Whether the owner's run has been over for longer than its Act may run, so that ownership may pass on. */
export async function ownerIsOver(table: Table, owner: { incident: string; run: string }, now: Date): Promise<boolean> {
  const head = await readHead(table, owner.incident);
  if (head === undefined) return true;
  if (head.run === owner.run && head.state === 'running') return false;
  const over = head.run === owner.run ? (head.restedAt ?? head.runAt) : head.runAt;
  return now.getTime() - Date.parse(over) > actMayRunMs;
}

export type Taken = { readonly kind: 'owned' } | { readonly kind: 'owned-by-another'; readonly owner: string };

/**
 * Protocol 4: takes a target for a run, or finds out who has it. Whoever comes second calls `joinOwner` first and is then
 * added to the interested: after a crash in between it joins again, and the owner runs one idle round more.
 */
export async function takeTarget(
  table: Table,
  target: string,
  me: { readonly incident: string; readonly run: string },
  now: Date,
  joinOwner: (owner: string) => Promise<void>,
): Promise<Taken> {
  const pointer = { ...keys.touches(me.incident, target), target };
  await table.putIfAbsent(pointer);
  return untilWritten(async (): Promise<Taken | undefined> => {
    const record = await readTarget(table, target);
    const mine = { ownerIncident: me.incident, ownerRun: me.run };
    if (record === undefined) {
      const item = { ...keys.target(target), target, ...mine, interested: [me.incident], version: 1 };
      return (await table.putIfAbsent(item)) ? { kind: 'owned' } : undefined;
    }
    const { owner } = record;
    const interested = record.interested.includes(me.incident)
      ? record.interested
      : [...record.interested, me.incident];
    if (owner === null || owner.incident === me.incident || (await ownerIsOver(table, owner, now))) {
      return (await writeTarget(table, record, { set: { ...mine, interested } })) ? { kind: 'owned' } : undefined;
    }
    const other: Taken = { kind: 'owned-by-another', owner: owner.incident };
    if (record.interested.includes(me.incident)) return other;
    await joinOwner(owner.incident);
    return (await writeTarget(table, record, { set: { interested } })) ? other : undefined;
  });
}

/** Says that an incident wants a target contained, without taking it: whoever finds that nobody has it decides again. */
export async function noteInterest(table: Table, target: string, incident: string): Promise<void> {
  await table.putIfAbsent({ ...keys.touches(incident, target), target });
  await untilWritten(async () => {
    const record = await readTarget(table, target);
    if (record === undefined) {
      const fresh = { ...keys.target(target), target, interested: [incident], version: 1 };
      return (await table.putIfAbsent(fresh)) || undefined;
    }
    if (record.interested.includes(incident)) return true;
    return (await writeTarget(table, record, { set: { interested: [...record.interested, incident] } })) || undefined;
  });
}

/** One conditional write on a target as it was read. False: somebody else has written it since. */
export async function writeTarget(
  table: Table,
  record: TargetRecord,
  change: Change,
  expect: Expect = {},
): Promise<boolean> {
  const add = { version: 1 };
  const written = await table.update(
    keys.target(record.target),
    { ...expect, version: record.version },
    { ...change, add },
  );
  return written !== undefined;
}

/** As an attribute of the table. */
export const changeValue = (change: StandingChange): JsonObject => change as unknown as JsonObject;

/** As an attribute of the table. */
export const undoneAttribute = (undone: UndoneByPerson): JsonObject => ({ undone: undone as unknown as JsonObject });

/** Whether something stands there that an undo would put back: a task that was stopped is gone, and nothing of it stands. */
export const stands = ({ changes }: TargetRecord): boolean => changes.some(({ step }) => step.undo.possible);

/** Whether something that was begun in a turn is not known to be back: though nothing stands that an undo puts back, others wait for it. */
export const keepsTurn = ({ changes }: TargetRecord): boolean => changes.some(({ turn }) => turn !== undefined);

/**
 * Takes an incident off a target that others need, or that nothing stands on. False: it must stay, because what stands there is
 * its alone and only an undo ends that; or somebody has written the record since.
 */
export async function leaveTarget(table: Table, record: TargetRecord, incident: string): Promise<boolean> {
  const interested = record.interested.filter((other) => other !== incident);
  if (stands(record) && interested.length === 0) return false;
  const owns = record.owner?.incident === incident;
  const over = interested.length === 0 ? record.changes.map(({ action }) => changeAttribute(action)) : [];
  const remove = [...(owns ? ['ownerIncident', 'ownerRun'] : []), ...over];
  return writeTarget(table, record, { set: { interested }, remove });
}
