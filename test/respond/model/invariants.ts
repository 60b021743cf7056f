import { expect } from 'vitest';
import { headOf } from '../../../shared/incident/head.ts';
import type { Head, Receipt, StandingChange } from '../../../shared/incident/items.ts';
import { readTarget } from '../../../shared/incident/targets.ts';
import { asFound } from './swap.ts';
import type { World } from './world.ts';

export const headsOf = (world: World): readonly Head[] =>
  world
    .all('head')
    .filter(({ pk }) => pk.startsWith('incident#'))
    .map(headOf);

/** Nobody is forgotten, and nothing is left to say. */
function everythingRests(world: World): void {
  for (const head of headsOf(world)) {
    expect(head.state, head.incident).not.toBe('running');
    expect(head.outbox, head.incident).toEqual([]);
  }
}

/** Every event that was delivered has its record, every finding is kept and counted. */
function nothingIsLost(world: World, events: readonly string[]): void {
  expect(
    world
      .all('record')
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...new Set(events)].sort());
  for (const finding of world.all('finding#')) expect(finding['counted'], finding.pk).toBe(true);
}

const asItWas: Readonly<Record<string, object>> = {
  'fake.swap': asFound,
  'fake.patch': { active: true, patched: false },
};

/** Whatever was stored as a before-state is what was really there before anybody touched it. */
function beforeIsTrue(world: World): void {
  const changes = changesOf(world);
  for (const { action, before } of changes) {
    expect(before).toMatchObject(asItWas[action] ?? { status: 'open' });
  }
  for (const receipt of world.all('receipt#') as unknown as Receipt[]) {
    if (receipt.before === undefined) continue;
    if (receipt.key.startsWith('fake.shut')) expect(receipt.before['status'], receipt.key).toBe('open');
    if (receipt.key.startsWith('fake.swap')) expect(receipt.before, receipt.key).toMatchObject(asFound);
  }
}

const changesOf = (world: World): readonly StandingChange[] =>
  world
    .all('target')
    .flatMap((item) => Object.entries(item).filter(([name]) => name.startsWith('change:')))
    .map(([, value]) => value as unknown as StandingChange);

/** Shut, opened, shut …: never the same call twice in a row. */
function noEffectTwice(world: World): void {
  for (const [key, { calls }] of world.account.things) {
    for (const [n, call] of calls.entries())
      expect(call, `${key}: ${calls.join(' ')}`).toBe(n % 2 === 0 ? 'shut' : 'open');
  }
  // Stopped, started, and brought back, which may come before the start.
  for (const { calls } of world.swaps.all.values()) {
    expect(calls.join(' ')).toMatch(/^( ?stop( start)? back)*( ?stop( start)?)?$/);
  }
}

/** What was published is what was stored, each message under its own id, and no state told twice in a row. */
function messagesAreDistinct(world: World): void {
  const kept = world.all('message#').map((item) => ({
    id: String(item['id']),
    incident: item.pk,
    at: String(item['at']),
    text: `${item['subject']}\n${item['body']}`,
  }));
  expect(new Set(kept.map(({ text }) => text)).size).toBe(kept.length);
  expect([...new Set(world.published.map(({ subject, body }) => `${subject}\n${body}`))].sort()).toEqual(
    kept.map(({ text }) => text).sort(),
  );
  for (const incident of new Set(kept.map((message) => message.incident))) {
    const states = kept
      .filter((message) => message.incident === incident)
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ id }) => id.split('/').at(-1));
    for (const [n, state] of states.entries()) {
      if (state !== 'held-dead-runs') expect(state, `${incident}: ${states}`).not.toBe(states[n - 1]);
    }
  }
}

/** What the table says about a target is what the account shows. */
async function recordsAreTrue(world: World): Promise<void> {
  for (const [key, thing] of world.account.things) {
    const record = await readTarget(world.table, key);
    if (record?.changes.some(({ action }) => action === 'fake.shut') !== true)
      expect(thing.status, key).not.toBe('shut');
    if (
      record?.changes.some(
        (change) => change.action === 'fake.shut' && change.verifiedAt !== undefined && change.undoingBy === undefined,
      )
    ) {
      expect(thing.status, key).toBe('shut');
    }
  }
  for (const [key, { count, version }] of world.swaps.all) {
    const change = (await readTarget(world.table, key))?.changes.find(({ action }) => action === 'fake.swap');
    if (change === undefined) expect({ count, version }, key).toEqual(asFound);
    if (change?.verifiedAt !== undefined && change.undoingBy === undefined) {
      expect({ count, version }, key).not.toEqual(asFound);
      expect({ count, version }, key).toMatchObject(count === 0 ? { version: 'bad' } : change.intended);
    }
  }
}

/** What a person had put back is not changed again for as long as that is held to, by no incident. */
async function undosAreKept(world: World): Promise<void> {
  const targets = world.all('target').filter(({ sk }) => sk === 'target');
  for (const item of targets) {
    const record = await readTarget(world.table, String(item['target']));
    const undone = record?.undone ?? undefined;
    if (record === undefined || undone === undefined) continue;
    for (const { action, startedAt } of record.changes) {
      expect(startedAt < undone.since || startedAt >= undone.until, `${action} on ${record.target}`).toBe(true);
    }
  }
}

/** What holds after quiescence, whatever happened. */
export async function checkInvariants(world: World, events: readonly string[]): Promise<void> {
  everythingRests(world);
  nothingIsLost(world, events);
  beforeIsTrue(world);
  noEffectTwice(world);
  messagesAreDistinct(world);
  await recordsAreTrue(world);
  await undosAreKept(world);
}
