import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { plain, plainImages } from './plainImages.ts';
import { enforcing } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

type Letter = Parameters<typeof plain>[0];

/** Limits and freezes as an admin writes them, on a deployed stage, in the night in which summer time ends in Berlin. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    world: plainImages,
    startAt: new Date('2026-10-24T23:50:00Z'),
    rules: { enforcing: `${enforcing.replace(/^page:.*\n/m, '')}limits: { perHour: 2 }\n` },
  });
});
afterAll(() => stage[Symbol.asyncDispose]());

const utc = (clock: string): number => Date.parse(`2026-10-25T${clock}:00Z`);
const until = (clock: string) => stage.pass((utc(clock) - stage.sandbox.clock.now()) / 1000);
const statuses = (letters: readonly Letter[]) =>
  letters.flatMap((letter) => Object.values(stage.statuses(plain(letter).repository)));
const archivings = () => stage.calls('ecr:UpdateImageStorageClass');
const toldOf = (letter: Letter) => stage.told().filter(({ body }) => body.includes(plain(letter).repository));

describe('a limit of two changes an hour', () => {
  const three = ['a', 'b', 'c'] as const;
  let held: Letter;

  it('lets two through of three that come at once; the third is held, and told with what it would do and until when', async () => {
    for (const letter of three) stage.scan(plain(letter));
    await stage.pass(120);
    expect(statuses(three).toSorted()).toEqual(['ACTIVE', 'ARCHIVED', 'ARCHIVED']);
    expect(archivings()).toBe(2);
    held = three.find((letter) => stage.head(plain(letter)).outcome === 'held') ?? 'a';
    expect(stage.head(plain(held))).toMatchObject({ outcome: 'held', stops: [{ kind: 'budget' }] });
    const [message, ...more] = toldOf(held);
    expect(more).toEqual([]);
    expect([message?.tier, message?.subject]).toEqual(['notice', expect.stringContaining('held, a limit is reached')]);
    expect(message?.body).toContain('The limit is reached (rule enforcing: 2 an hour)');
    expect(message?.body).toContain('There is room again at 2026-10-25T00:00:00.000Z');
  });

  it('that is spent stays so until the full hour, and then the third is done by itself, once, and told', async () => {
    await until('00:00');
    expect([archivings(), toldOf(held).length]).toEqual([2, 1]);
    await until('00:06');
    expect(stage.head(plain(held))).toMatchObject({ outcome: 'contained', stops: null });
    expect(statuses(three)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(archivings()).toBe(3);
    expect(toldOf(held)).toHaveLength(2);
  });
});

/** 02:00 in Berlin is shown twice, at 00:00 UTC and at 01:00 UTC. */
describe('a freeze by the clock of Berlin', () => {
  const settings = `freezes:
  - { name: night, timeZone: Europe/Berlin, from: "02:10", to: "02:15" }
`;

  it('holds what comes in it, and tells which and until when', async () => {
    putParameter(stage.account, { name: '/firebreak/dev/settings', value: settings });
    await until('00:55');
    stage.scan(plain('d'));
    await stage.pass(60);
    expect(stage.head(plain('d'))).toMatchObject({ outcome: 'held', stops: [{ kind: 'freeze', of: 'night' }] });
    const [message, ...more] = toldOf('d');
    expect(more).toEqual([]);
    expect([message?.tier, message?.subject]).toEqual(['notice', expect.stringContaining('held, changes are frozen')]);
    expect(message?.body).toContain('which is over at 2026-10-25T01:15:00.000Z');
  });

  it('lets it go at its end, the last time that the clock shows it, without a new finding', async () => {
    await until('01:15');
    expect([statuses(['d']), archivings(), toldOf('d').length]).toEqual([['ACTIVE'], 3, 1]);
    await until('01:21');
    expect(stage.head(plain('d'))).toMatchObject({ outcome: 'contained', stops: null });
    expect([statuses(['d']), archivings(), toldOf('d').length]).toEqual([['ARCHIVED'], 4, 2]);
  });
});
