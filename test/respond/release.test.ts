import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions/contract.ts';
import { readIncident } from '../../shared/incident/incidentRecord.ts';
import { raise } from '../../shared/incident/raise.ts';
import { writeTarget } from '../../shared/incident/targets.ts';
import { type ReleaseRequest, release } from '../../shared/respond/release.ts';
import type { UndoAnswer } from '../../shared/respond/undo.ts';
import { undo } from '../../shared/respond/undo.ts';
import { LeaseLab } from './leaseLab.ts';

class ReleaseLab extends LeaseLab {
  let(more: Partial<ReleaseRequest> = {}): Promise<UndoAnswer> {
    const { incident } = this;
    return release(this.effects, { incident, to: null, by: 'ana', reason: 'patched upstream', ...more });
  }

  /** Asked for, run and told. */
  async released(more: Partial<ReleaseRequest> = {}): Promise<void> {
    expect(await this.let(more)).toMatchObject({ kind: 'opened' });
    await this.run();
  }

  last() {
    return this.world.published.at(-1);
  }
}

let lab: ReleaseLab;
beforeEach(async () => {
  lab = new ReleaseLab();
  await lab.takeIn();
  await lab.playPlan();
  await lab.report();
});

describe('what is released', () => {
  it('is left as the action leaves it, read back, told once, and nothing of it stands any more', async () => {
    await lab.released({ to: 'v4' });
    expect(lab.thing.calls).toEqual(['shut', 'ajar']);
    expect(await lab.head()).toMatchObject({
      outcome: 'released',
      state: 'resting',
      heldUntil: null,
      containedAt: null,
      lease: null,
    });
    expect(await lab.record()).toMatchObject({ changes: [], owner: null, interested: [], undone: null });
    const { subject, body, tier } = lab.last() ?? { subject: '', body: '', tier: '' };
    expect(tier).toBe('notice');
    expect(subject).toContain(' released, ');
    expect(body).toContain('what was contained is let go');
    expect(body).toContain('Decided by ana');
    expect(body).toContain('Read back');
    expect(body).toContain('stays archived, and no undo puts it back any more');
    expect(lab.world.published).toHaveLength(2);
  });

  it('is contained again by the next finding: nothing holds it back', async () => {
    await lab.released();
    lab.thing.status = 'open';
    lab.pass(1000);
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.playPlan();
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'contained' });
    expect(lab.thing.calls).toEqual(['shut', 'ajar', 'shut']);
  });

  it('cannot be undone afterwards, and is not released twice', async () => {
    await lab.released();
    for (const again of [
      await lab.let(),
      await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'false' }),
    ])
      expect(again).toMatchObject({ kind: 'nothing' });
  });

  it('is let go by the last incident that needs it, and stays contained until then', async () => {
    const record = await lab.record();
    await writeTarget(lab.world.table, record, { set: { interested: [...record.interested, 'image/other'] } });
    await raise(lab.world.table, 'image/other', { run: 'r', now: lab.effects.clock.now() });
    await lab.released();
    expect(lab.thing.calls).toEqual(['shut']);
    expect(lab.last()?.body).toContain('stays contained: incident image/other needs it.');
    expect((await lab.record()).changes).toHaveLength(1);
  });
});

describe('a release is refused, and nothing is changed', () => {
  it.each([
    ['what is named is accused', 'bad', 'bad is accused'],
    ['what is named is of something else', 'other', 'not of its family'],
  ])('where %s', async (_what, to, says) => {
    await lab.released({ to });
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await lab.head()).toMatchObject({ outcome: 'held', state: 'resting' });
    expect((await lab.head()).lease).not.toBeNull();
    const { subject = '', body = '', tier } = lab.last() ?? {};
    expect(tier).toBe('notice');
    expect(subject).toContain('release held until you look');
    expect(body).toContain(`Nothing was released. It stays contained: ${to}`);
    expect(body).toContain(says);
    expect(body).toContain('If somebody has deployed a version that is fixed, name that one');
    expect((await lab.record()).contained).toBe(true);
    await lab.released({ to: 'v4' });
    expect(await lab.head()).toMatchObject({ outcome: 'released' });
  });

  it('and is not offered on a version, where nothing that stands runs one', async () => {
    lab.withoutVersions();
    await lab.released({ to: 'bad' });
    const { body = '' } = lab.last() ?? {};
    expect(body).toContain(`then ask again: firebreak release ${lab.incident} --stage test --reason "…"`);
    expect(body).not.toContain('--to');
  });

  it('and an undo is offered, where nothing that stands has a release', async () => {
    const without = ({ release: _none, ...action }: Action): Action => action;
    lab.with({ catalogue: lab.effects.catalogue.map(without) });
    await lab.released();
    const { body = '' } = lab.last() ?? {};
    expect(body).toContain('has no release for it, and an undo puts it back.');
    expect(body).toContain(`an undo puts it back: firebreak undo ${lab.incident} --stage test`);
    expect(body).not.toMatch(/firebreak (release|keep) /);
  });

  it('each time that it is asked for, which is told each time', async () => {
    await lab.released({ to: 'bad' });
    lab.pass(1000);
    await lab.released({ to: 'bad' });
    expect(lab.world.published.filter(({ subject }) => subject.includes('release held'))).toHaveLength(2);
  });

  it('where a version is named, and nothing runs one', async () => {
    await lab.released({ to: 'unnamed' });
    expect(lab.thing.calls).toEqual(['shut']);
    expect(lab.last()?.body).toContain('Nothing that stands runs a version that could be named');
  });

  it('where an open incident accuses what would run', async () => {
    const accuser = 'image/123456789012/us-east-1/app@sha256:bad';
    await raise(lab.world.table, accuser, { run: 'r', now: lab.effects.clock.now() });
    await lab.released({ to: accuser });
    expect(lab.thing.calls).toEqual(['shut']);
    expect(lab.last()?.body).toContain(`incident ${accuser} accuses what it would run`);
  });

  it('where somebody has changed it meanwhile, with both values', async () => {
    await lab.let();
    const { steps } = await lab.decide();
    expect(steps).toHaveLength(1);
    lab.thing.status = 'opening';
    lab.thing.opensAt = Infinity;
    await expect(lab.act(0)).rejects.toThrow('Somebody else has changed it.');
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'held' });
    expect(lab.last()?.body).toMatch(/Somebody else has changed it\..*opening/);
    expect((await lab.record()).changes).toHaveLength(1);
  });

  it('while it is still being contained, and where nothing stands', async () => {
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    expect(await lab.let()).toMatchObject({
      kind: 'nothing',
      reason: expect.stringContaining('is under way: ask again'),
    });
    expect(await lab.let({ incident: 'x' })).toMatchObject({ kind: 'nothing' });
  });
});

describe('a release goes on', () => {
  it('where what it leads to is so already: somebody has deployed it by hand', async () => {
    lab.thing.status = 'ajar';
    await lab.released({ to: 'v4' });
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await lab.head()).toMatchObject({ outcome: 'released' });
  });

  it('after a death in the middle, and is contained again by what is found then', async () => {
    await lab.let();
    await lab.decide();
    await lab.act(0);
    expect(await lab.let()).toMatchObject({ kind: 'under-way' });
    // The same step once more, as after a crash behind the call.
    await lab.act(0);
    await lab.verify(0);
    await lab.report();
    expect(lab.thing.calls).toEqual(['shut', 'ajar']);
    expect(await lab.head()).toMatchObject({ outcome: 'released' });
  });
});

describe('a release that is not done', () => {
  it('turns round no run that a finding opened meanwhile, and says so', async () => {
    const { table } = lab.effects;
    let came = false;
    const racing: typeof table = {
      ...table,
      query: table.query,
      putIfAbsent: async (item) => {
        if (!came && item['kind'] === 'release') {
          came = true;
          await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
        }
        return table.putIfAbsent(item);
      },
    };
    const { effects, incident } = lab;
    const answer = await release({ ...effects, table: racing }, { incident, to: null, by: 'ana', reason: 'patched' });
    expect(answer).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('Something came in') });
    expect(await lab.head()).toMatchObject({ state: 'running', direction: 'do' });
    await lab.run();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'contained' });
    const record = await readIncident(lab.effects, incident);
    expect(record?.decisions.filter(({ kind }) => kind === 'release')).toMatchObject([{ withdrawn: true }]);
  });

  it('leaves known that it is contained: activity after that is still news', async () => {
    const { containedAt } = await lab.head();
    expect(containedAt).not.toBeNull();
    await lab.let({ to: 'bad' });
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'held', containedAt });
  });
});
