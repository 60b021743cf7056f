import { describe, expect, it } from 'vitest';
import type { Head, Message, PersonDecision, StoredPlan } from '../../shared/incident/items.ts';
import { type OpenPage, openPage } from '../../shared/incident/openPage.ts';
import { pageAfter, replacedBy, type Told, timeFor } from '../../shared/respond/whoHasIt.ts';
import type { WorkingHours } from '../../shared/rules/rule.ts';

const now = new Date('2026-11-20T02:00:00.000Z');
const runAt = '2026-11-20T01:59:00.000Z';
const workingHours: WorkingHours = { timeZone: 'UTC', from: '08:00', to: '18:00' };
const escalates = { afterSeconds: 900, times: 2 };
const ana = { by: 'ana', at: '2026-11-20T01:58:00.000Z' };

const message = (tier: Message['tier'], more: Partial<Message> = {}): Message => ({
  ...{ id: 'm2', tier, subject: 's', body: 'b', sent: false, at: now.toISOString() },
  ...more,
});
const standing = (more: Partial<OpenPage> = {}): OpenPage => ({
  ...openPage(message('page', { id: 'm1', at: '2026-11-20T01:40:00.000Z' }), 'run0', escalates),
  ...more,
});

interface More {
  readonly head?: Partial<Head>;
  readonly stored?: Partial<StoredPlan>;
  readonly plan?: object;
  readonly told?: Partial<Told>;
}

/** What a run tells of; nothing else of a head and a plan is asked about. */
const told = ({ head, stored, plan, told: rest }: More = {}): Told => ({
  head: { run: 'run1', runAt, page: null, hold: null, outbox: [], ...head } as unknown as Head,
  stored: {
    direction: 'do',
    breached: null,
    settings: { escalates, responsible: { team: 'payments', how: 'its owner is payments', workingHours } },
    plan: plan ?? {},
    ...stored,
  } as unknown as StoredPlan,
  receipts: [],
  decided: undefined,
  outcome: 'contained',
  upAgain: false,
  now,
  ...rest,
});

const approved = (how: 'person' | 'time-out') => ({ approved: [{ how, ...ana, kind: 'approve', reason: 'r' }] });
const held = {
  head: { hold: { ...ana, reason: 'r', until: '2026-11-20T04:00:00.000Z' } },
  plan: { stops: [{ kind: 'hold', of: '', until: null, why: 'held' }] },
};
const undo = { decided: { ...ana, kind: 'undo' } as PersonDecision };

describe('a page of what a person has decided', () => {
  it.each<[string, More]>([
    ['an approval', { plan: approved('person') }],
    ['a hold', held],
    ['an undo', { told: undo }],
    ['what opened the run', { head: { page: standing({ acknowledged: { by: 'ana', at: runAt }, next: null }) } }],
  ])('is in their hands: %s', (_what, more) => {
    const page = pageAfter(told(more), message('page'));
    expect(page).toMatchObject({ next: null, acknowledged: { by: 'ana' } });
  });

  it.each<[string, More]>([
    ['it is not contained', { plan: approved('person'), told: { outcome: 'not-contained' } }],
    ['it did not hold', { plan: approved('person'), stored: { breached: '2026-11-20T01:00:00.000Z' } }],
    ['nobody answered', { plan: approved('time-out') }],
    ['it is another state, long after', { head: { page: standing({ acknowledged: ana, next: null }) } }],
  ])('is for whoever can be had where %s', (_what, more) => {
    const page = pageAfter(told(more), message('page'));
    expect(page).toMatchObject({ next: '2026-11-20T02:15:00.000Z', level: 0 });
    expect(page?.acknowledged).toBeUndefined();
  });
});

describe('a page that takes the place of one', () => {
  it('that nobody has acknowledged goes where that one had come to, and no later', () => {
    const unanswered = standing({ level: 1, next: '2026-11-20T02:05:00.000Z' });
    expect(pageAfter(told({ head: { page: unanswered } }), message('page'))).toMatchObject({
      id: 'm2',
      run: 'run1',
      level: 1,
      next: '2026-11-20T02:05:00.000Z',
    });
    const exhausted = standing({ level: 2, next: null });
    expect(pageAfter(told({ head: { page: exhausted } }), message('page'))).toMatchObject({
      level: 2,
      next: '2026-11-20T02:15:00.000Z',
    });
  });

  it.each<[string, Message | undefined, More, OpenPage | null | undefined]>([
    ['a notice ends it', message('notice'), {}, null],
    ['nothing new leaves it', undefined, {}, undefined],
    ['that it is up again leaves it', message('notice'), { told: { upAgain: true } }, undefined],
    ['that it is ignored ends it', undefined, { told: { outcome: 'ignored' } }, null],
  ])('%s', (_what, said, more, page) => {
    expect(pageAfter(told({ head: { page: standing() }, ...more }), said)).toBe(page);
  });
});

describe('a notice', () => {
  const opens = '2026-11-20T08:00:00.000Z';

  it('waits for the hours of its team, which it names', () => {
    expect(timeFor(told(), 'notice')).toEqual({ team: 'payments', notBefore: opens });
    expect(timeFor(told({ plan: approved('time-out') }), 'notice')).toMatchObject({ notBefore: opens });
  });

  it.each<[string, More]>([
    ['asks', { plan: { asks: { hash: 'x' } } }],
    ['ends a page', { head: { page: standing() } }],
    ['answers an approval', { plan: approved('person') }],
    ['answers a rejection', { plan: { rejected: { ...ana, kind: 'reject', reason: 'r' } } }],
    ['answers a hold', held],
    ['tells of an undo', { told: undo }],
    ['tells of a drill', { plan: { drill: { id: 'd', by: 'ana' } } }],
  ])('does not wait where it %s', (_what, more) => {
    expect(timeFor(told(more), 'notice')).toEqual({ team: 'payments' });
  });

  it.each(['page', 'digest'] as const)('a %s is what it is at any hour', (tier) => {
    expect(timeFor(told(), tier)).toEqual({ team: 'payments' });
  });
});

describe('what lies in the outbox', () => {
  const waits = message('notice', { id: 'w', notBefore: '2026-11-20T08:00:00.000Z' });
  const due = message('notice', { id: 'd' });
  const ack = message('notice', { id: 'a', outcome: 'acknowledged' });
  const outbox = { head: { outbox: [waits, due, ack] } };

  it.each<[string, Message | undefined, More, readonly Message[]]>([
    ['a notice replaces what waits, and who had the page that it ends', message('notice'), outbox, [waits, ack]],
    ['a page replaces that somebody had the one before it', message('page'), outbox, [waits, ack]],
    ['nothing new replaces nothing', undefined, outbox, []],
    ['what is ignored is not told in the morning', undefined, { ...outbox, told: { outcome: 'ignored' } }, [waits]],
  ])('%s', (_what, said, more, replaced) => {
    expect(replacedBy(told(more), said)).toEqual(replaced);
  });
});

describe('what is for the morning', () => {
  const digest = { at: '07:00', timeZone: 'UTC' };
  const responsible = { team: 'payments', how: '', digest };
  const at = (more: More) => timeFor(told({ stored: { settings: { responsible } as never }, ...more }), 'digest');

  it('is collected for the next hour, where there is a digest', () => {
    expect(at({})).toEqual({ team: 'payments', notBefore: '2026-11-20T07:00:00.000Z', collected: true });
    expect(at({ stored: {} })).toEqual({ team: 'payments' });
  });

  it.each<[string, More]>([
    ['a decision', { told: undo }],
    ['a drill', { plan: { drill: { id: 'd', by: 'ana' } } }],
    ['the end of a page', { head: { page: standing() } }],
  ])('is not, where somebody waits for it: %s', (_what, more) => {
    expect(at(more)).toEqual({ team: 'payments' });
  });
});
