import { describe, expect, it } from 'vitest';
import { announceExpiry } from '../../shared/respond/announceExpiry.ts';
import { guardWorld, ruleText } from './guardWorld.ts';

const text = (name: string, expires: string, more = ''): string =>
  `name: ${name}\nwhen: { resource: { repository: [shop/api] } }\nowner: team ${name}\nreason: base image\nexpires: ${expires}\n${more}`;

function stage(...exemptions: readonly (readonly [name: string, expires: string])[]) {
  const world = guardWorld();
  let now = Date.parse('2026-11-20T10:00:00.000Z');
  world.write('rules/mine', ruleText('mine'));
  for (const [name, expires] of exemptions) world.write(`exemptions/${name}`, text(name, expires));
  const clock = { now: () => new Date(now) };
  const ends = () => world.notices.filter(({ subject }) => subject.includes('exemptions'));
  const at = async (time: string, change: Parameters<typeof world.run>[0] = {}) => {
    now = Date.parse(time);
    return world.run({ clock, ...change });
  };
  return { ...world, at, ends, clock };
}

describe('the end of an exemption', () => {
  it('is told once, seven days ahead, to the owner of the rules: which, whose, when, why, and what to do', async () => {
    const { at, ends } = stage(['base', '2026-12-10']);
    await at('2026-12-02T23:59:59Z');
    expect(ends()).toEqual([]);
    for (const time of ['2026-12-03T00:00:00Z', '2026-12-03T00:01:00Z', '2026-12-08T00:00:00Z']) await at(time);
    expect(ends()).toHaveLength(1);
    expect(ends()[0]?.subject).toBe('NO ACTION: exemptions end soon, Firebreak prod');
    expect(ends()[0]?.body).toContain('base of team base ends 2026-12-10T00:00:00.000Z: base image');
    expect(ends()[0]?.body).toContain('/firebreak/prod/exemptions/<name>');
  });

  it('is told once more when it is over, and again for another end', async () => {
    const { at, ends, write } = stage(['base', '2026-12-10']);
    for (const time of ['2026-12-04T00:00:00Z', '2026-12-10T00:00:00Z', '2026-12-10T00:01:00Z', '2027-01-01T00:00:00Z'])
      await at(time);
    expect(ends().map(({ subject }) => subject)).toEqual([
      'NO ACTION: exemptions end soon, Firebreak prod',
      'NO ACTION: exemptions are over, Firebreak prod',
    ]);
    write('exemptions/base', text('base', '2027-01-20'));
    await at('2027-01-01T00:01:00Z');
    expect(ends()).toHaveLength(2);
    await at('2027-01-15T00:00:00Z');
    expect(ends()).toHaveLength(3);
  });

  it('of several at once is one notice', async () => {
    const { at, ends } = stage(['a', '2026-12-10'], ['b', '2026-12-09'], ['c', '2026-12-20']);
    await at('2026-12-09T00:00:00Z');
    expect(ends()).toHaveLength(1);
    expect(ends()[0]?.body).toMatch(/^Over\..*:\nb of team b ended .*\n\nOver within 7 days:\na of team a ends /);
    expect(ends()[0]?.body).not.toContain('team c');
  });

  it('stands in the status, too', async () => {
    const { at, status } = stage(['base', '2026-12-10']);
    await at('2026-12-04T00:00:00Z');
    expect(status()).toContain('Warning: exemptions/base:5:1 it ends 2026-12-10T00:00:00.000Z, within 7 days');
    await at('2026-12-10T00:00:00Z');
    expect(status()).toContain('Warning: exemptions/base:5:1 it ended 2026-12-10T00:00:00.000Z: it exempts nothing');
  });

  it('is about the set that decides, also while an edit is refused', async () => {
    const { at, ends, write } = stage(['base', '2026-12-10']);
    await at('2026-11-21T00:00:00Z');
    write('rules/mine', 'name: mine\n');
    await at('2026-12-04T00:00:00Z');
    expect(ends()).toHaveLength(1);
  });
});

describe('a guard that tells of it', () => {
  const down = (): Promise<never> => Promise.reject(new Error('SNS is down'));

  it('and cannot, publishes rules all the same, and one after it tells', async () => {
    const { at, ends, write, lines, effects } = stage(['base', '2026-12-10']);
    await at('2026-12-04T00:00:00Z', { notify: down });
    expect(lines.flat()).toContain('The end of exemptions could not be told');
    write('rules/mine', ruleText('mine', 'order: 7\n'));
    expect((await at('2026-12-04T00:01:00Z', { notify: down })).result).toBe('published');
    expect(ends()).toEqual([]);
    await at('2026-12-04T00:02:00Z', { notify: effects.notify });
    expect(ends()).toHaveLength(1);
  });

  it('and dies before it is noted as told, is followed by one that tells again, with the same text', async () => {
    const { at, ends, effects } = stage(['base', '2026-12-10']);
    await at('2026-11-21T00:00:00Z');
    await at('2026-12-04T00:00:00Z', { table: { ...effects.table, update: down } });
    expect(ends()).toHaveLength(1);
    for (const time of ['2026-12-04T00:03:00Z', '2026-12-04T00:04:00Z', '2026-12-04T00:09:00Z']) await at(time);
    const bodies = ends().map(({ body }) => body);
    expect([bodies.length, new Set(bodies).size]).toEqual([2, 1]);
  });

  it('beside another at the same moment tells once', async () => {
    const { at, ends, effects, pointer, clock } = stage(['base', '2026-12-10']);
    await at('2026-11-21T00:00:00Z');
    const later = { ...effects, clock: { now: () => new Date('2026-12-04T00:00:00Z') } };
    const published = await pointer();
    await Promise.all([announceExpiry(later, published), announceExpiry(later, published)]);
    expect([ends().length, clock.now().toISOString()]).toEqual([1, '2026-11-21T00:00:00.000Z']);
  });

  it('that died while it told is not taken over at once: another may be about to', async () => {
    const { at, ends } = stage(['base', '2026-12-10']);
    await at('2026-12-04T00:00:00Z', { notify: down });
    await at('2026-12-04T00:01:59Z');
    expect(ends()).toEqual([]);
  });

  it('that cannot read the set says so in its log, and does the rest', async () => {
    const { at, lines, effects, status } = stage(['base', '2026-12-10']);
    await at('2026-12-04T00:00:00Z', { bodies: { ...effects.bodies, get: down } });
    expect(status()).toContain('Rule set 1 decides');
    expect(
      lines.flat().filter((line) => line === 'The end of exemptions could not be told').length,
    ).toBeLessThanOrEqual(1);
  });
});
