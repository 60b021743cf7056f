import { describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { hubFinding } from '../../shared/finding/hubFinding.ts';
import { markCounted, type Placed, placeFinding } from '../../shared/incident/findings.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { hubEvent, hubRecord } from '../finding/hubEvent.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';

const own = oneFinding(sampleEvent('guardduty-ecs-miner'));
const relayed = oneFinding(sampleEvent('hub-guardduty-miner'));
const none = Object.fromEntries(
  Object.keys(hubRecord('guardduty-miner')['ProductFields'] as object).map((key) => [key, undefined]),
);
const without = oneFinding(hubEvent('guardduty-miner', { ProductFields: none }));
const at = (finding: Finding, observedAt: string): Finding => ({ ...finding, observedAt });
const before = '2026-11-20T09:00:00.000Z';
const later = '2026-11-20T10:00:00.000Z';
const muchLater = '2026-11-21T10:00:00.000Z';

/** What deliveries come to, one after the other, each counted before the next. */
async function placed(...deliveries: readonly (readonly [Finding, after: string | null])[]) {
  const table = memoryTable();
  const all: Placed[] = [];
  for (const [n, [finding, after]] of deliveries.entries()) {
    const one = await placeFinding(
      table,
      'i',
      { finding, hash: contentHash(finding, hubFinding.volatile), event: `e${n}` },
      after,
    );
    if (one.kind === 'news') await markCounted(table, 'i', one.stored, n + 1);
    all.push(one);
  }
  const [stored] = await table.query('incident#i', 'finding#').then((items) => items.map((item) => item['finding']));
  return { kinds: all.map(({ kind }) => kind), last: all.at(-1), stored };
}

describe('a finding that is there itself', () => {
  it.each([
    ['at rest, nothing contained', ''],
    ['at work', null],
    ['contained since', later],
  ])('is repeated by Security Hub: a duplicate, %s', async (_what, after) => {
    for (const echo of [relayed, without, at(relayed, later)]) {
      expect((await placed([own, null], [echo, after])).kinds).toEqual(['news', 'duplicate']);
    }
  });

  it('is decided again when it is seen again, though Security Hub has told of that before it', async () => {
    const { kinds } = await placed([own, null], [at(relayed, later), ''], [at(own, later), '']);
    expect(kinds).toEqual(['news', 'duplicate', 'news']);
    // Nor does what is repeated keep an incident open for ever.
    expect((await placed([own, null], [at(relayed, later), ''])).last).toMatchObject({ activity: own.observedAt });
  });

  it('keeps what it says itself, though activity after its containment is heard of through Security Hub first', async () => {
    const { kinds, last, stored } = await placed(
      [own, null],
      [at(without, later), own.observedAt],
      [at(own, later), own.observedAt],
    );
    expect(kinds).toEqual(['news', 'news', 'duplicate']);
    expect(stored).toEqual(own);
    expect(last).toMatchObject({ activity: later });
  });
});

describe('a finding that came through Security Hub first', () => {
  it('takes the place of it, and is decided with all that it says', async () => {
    for (const echo of [without, relayed]) {
      for (const after of ['', null, before]) {
        const { kinds, last, stored } = await placed([echo, null], [own, after]);
        expect(kinds).toEqual(['news', 'news']);
        // The same signal: a state that was told is not told again.
        expect(last).toMatchObject({ stored: { unchanged: true } });
        expect(stored).toEqual(own);
      }
    }
  });

  it('takes the place of it though it is from before', async () => {
    const { kinds, stored } = await placed([at(without, later), null], [own, null], [at(without, later), null]);
    expect(kinds).toEqual(['news', 'news', 'duplicate']);
    expect(stored).toEqual(own);
  });

  it('is a duplicate where it is contained since, and adds only what Security Hub never has', async () => {
    const { kinds, stored } = await placed([relayed, null], [own, later], [relayed, later]);
    expect(kinds).toEqual(['news', 'duplicate', 'duplicate']);
    expect(stored).toEqual(own);
    expect((await placed([without, null], [own, later])).kinds).toEqual(['news', 'news']);
  });

  it('that says the very same is a duplicate', async () => {
    const [direct, hub] = [
      oneFinding(sampleEvent('inspector-finding-exploited')),
      oneFinding(sampleEvent('hub-inspector-image')),
    ];
    const { kinds, stored } = await placed([hub, null], [at(direct, later), '']);
    expect(kinds).toEqual(['news', 'duplicate']);
    expect(stored).toEqual(at(direct, later));
  });

  it('and again, a threat that nothing else tells of, counts as it would by its own way', async () => {
    const days = [relayed, at(relayed, '2026-11-21T09:00:00.000Z'), at(relayed, '2026-11-21T09:00:00.000Z')] as const;
    expect((await placed([days[0], null], [days[1], ''], [days[2], ''])).kinds).toEqual(['news', 'news', 'duplicate']);
  });

  it('and again each day counts only after a containment, where nobody is at work', async () => {
    const weakness = oneFinding(sampleEvent('hub-inspector-image'));
    const days = [
      weakness,
      at(weakness, '2026-11-21T09:00:00.000Z'),
      at(weakness, '2026-11-22T09:00:00.000Z'),
    ] as const;
    expect((await placed([days[0], null], [days[1], ''], [days[2], ''])).kinds).toEqual([
      'news',
      'duplicate',
      'duplicate',
    ]);
    expect((await placed([days[0], null], [days[1], later])).kinds).toEqual(['news', 'news']);
  });
});

describe('that something is over', () => {
  const over: Finding = { ...own, status: 'suppressed' };

  it('is news once, and keeps nothing open however often it is sent', async () => {
    for (const after of ['', before]) {
      const { kinds, last } = await placed(
        [at(own, before), null],
        [at(over, later), null],
        [at(over, muchLater), after],
      );
      expect(kinds).toEqual(['news', 'news', 'duplicate']);
      expect(last).toMatchObject({ activity: later });
    }
  });

  it('is not what an inconclusive scan says: it counts again', async () => {
    const unclear: Finding = { ...own, status: 'inconclusive' };
    expect((await placed([unclear, null], [at(unclear, later), ''])).kinds).toEqual(['news', 'news']);
  });
});
