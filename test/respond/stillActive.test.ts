import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { stillActive } from '../../shared/respond/stillActive.ts';
import { Lab } from './model/lab.ts';

let lab: Lab;

beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
  await lab.run();
});

const said = async (): Promise<readonly string[]> => stillActive(lab.effects, await lab.head());

const setHead = (set: { readonly [name: string]: string | null }) =>
  lab.effects.table.update(keys.head(lab.incident), {}, { set });

describe('what speaks against an undo', () => {
  it('is what was found and is not closed', async () => {
    expect(await said()).toEqual([expect.stringMatching(/^What was found is still open: \S/)]);
  });

  it('is activity after the containment, and not before it', async () => {
    await setHead({ containedAt: '2026-11-20T10:00:00.000Z', lastFindingAt: '2026-11-20T10:00:00.000Z' });
    expect(await said()).toHaveLength(1);
    await setHead({ lastFindingAt: '2026-11-20T10:00:00.001Z' });
    expect((await said())[0]).toBe(
      'There was activity at 2026-11-20T10:00:00.001Z, after the containment of 2026-11-20T10:00:00.000Z.',
    );
  });

  it('is nothing of what was closed since', async () => {
    const [stored] = lab.world.all('finding#');
    if (stored === undefined) throw new Error('no finding');
    const finding = { ...(stored['finding'] as object), status: 'resolved' };
    await lab.effects.table.update(stored, {}, { set: { finding } });
    expect(await said()).toEqual([]);
  });

  it('counts what is open, and names the most severe', async () => {
    const [stored] = lab.world.all('finding#');
    if (stored === undefined) throw new Error('no finding');
    const finding = { ...(stored['finding'] as object), severity: 9.9, title: 'A shell' };
    await lab.effects.table.putIfAbsent({ ...stored, ...keys.finding(lab.incident, 'second'), id: 'second', finding });
    expect(await said()).toEqual(['2 findings are still open, the most severe: A shell']);
  });
});
