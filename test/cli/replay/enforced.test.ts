import { describe, expect, it } from 'vitest';
import { replayEnforced, withEnforced } from '../../../cli/replay/enforced.ts';
import { zoneClock } from '../../../cli/replay/zone.ts';
import { scan } from '../../finding/sampleEvent.ts';
import { everywhere, setOf } from './replaying.ts';

const rule = (name: string, label: string): string =>
  `name: ${name}\nwhen: { label: [${label}] }\ndo: [ecr.quarantine-image]\nmode: observe\n`;
const files = { 'rules/one': rule('one', 'critical'), 'rules/two': rule('two', 'high') };
const high = scan({ 'finding-severity-counts': { HIGH: 1 }, 'repository-name': 'other' });

async function* batches() {
  yield { file: 'x', events: [scan(), high], lines: [1, 2] };
}

const options = { at: new Date(0), routes: everywhere, zone: zoneClock('UTC') };

describe('rules that are about to enforce', () => {
  it('show what they would have done, and what the others do not', async () => {
    const { events, a, b, changed } = await replayEnforced(batches(), setOf(files), ['one'], options);
    expect(events).toBe(2);
    expect(a).toMatchObject({ decisions: { observe: 2 }, actions: {} });
    expect(b).toMatchObject({ decisions: { observe: 1, contain: 1 }, actions: { 'ecr.quarantine-image': 1 } });
    expect(changed).toMatchObject([{ incident: expect.stringContaining('checkout-api'), what: ['new containment'] }]);
  });

  it('do nothing while the settings let every rule observe', async () => {
    const set = setOf({ ...files, settings: 'observeOnly: true\n' });
    expect((await replayEnforced(batches(), set, ['one', 'two'], options)).changed).toEqual([]);
    expect(withEnforced(set, ['one']).rules.map(({ mode }) => mode)).toEqual(['enforce', 'observe']);
  });
});
