import { describe, expect, it } from 'vitest';
import { withoutMinutes } from '../../cli/playedTemplate.ts';
import { keys } from '../../shared/incident/keys.ts';
import { arrived, hook, soc, withChannels } from './channels/stage.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { enforcing, type Image, incidentOf, manyTags, running, unused } from './scan.ts';
import { openStage, packaged, type Stage } from './stage.ts';

const observing = `name: observing
order: 10
when: { type: [ImageScan], resource: { repository: [payments/many-tags] } }
do: [ecr.quarantine-image]
mode: observe
page: { observed: digest }
`;
/** The account begins at 02:00 in UTC, which is 03:00 in Berlin. */
const settings = 'digest: { at: "04:00", timeZone: Europe/Berlin }\n';

const openNight = (): Promise<Stage> =>
  openStage({ template: withoutMinutes(packaged), rules: { enforcing, observing }, settings });
const digests = (stage: Stage) => stage.told().filter(({ subject }) => subject.includes('morning digest'));
const run =
  (stage: Stage) =>
  (...args: readonly string[]): Promise<Ran> =>
    firebreak(args, { env: environmentOf(stage.account) });

/** One is contained, one held because a service runs it, one only observed. */
async function night(stage: Stage, images: readonly Image[] = [unused, running, manyTags]): Promise<void> {
  // The sweep says first where digests begin.
  await stage.pass(600);
  for (const image of images) stage.scan(image);
  await stage.pass(1200);
}

describe('a night', () => {
  it('is told in one message at the hour, as text and as HTML', async () => {
    await using stage = await openNight();
    await night(stage);
    expect(stage.told().map(({ tier }) => tier)).toEqual(['notice']);
    const shown = await run(stage)('incidents', 'show', incidentOf(unused));
    expect(shown.out).toMatch(/is told in the digest of 2026-11-20T03:00:00Z, digest: NO ACTION: /);
    const soFar = await run(stage)('digest');
    expect(soFar).toMatchObject({ exit: 0, out: expect.stringContaining('1 contained') });

    await stage.pass(35 * 60);
    expect(digests(stage)).toHaveLength(1);
    const [{ tier, subject, body } = { tier: '', subject: '', body: '' }] = digests(stage);
    expect([tier, subject]).toEqual(['digest', 'NO ACTION: morning digest, 1 waits, 1 contained, Firebreak dev']);
    expect(body).toContain('told here');
    expect(body).toContain(`firebreak incidents show ${incidentOf(running)} --stage dev`);
    expect(body).toContain('- observing: in 1 incident');
    expect(body).toContain('Sent: 0 pages, 1 notice, 2 for the morning');
    expect(stage.heads().flatMap(({ outbox }) => outbox)).toEqual([]);
    const { pk } = keys.head(incidentOf(unused));
    expect(stage.table().filter((item) => item.pk === pk && item.sk.startsWith('message#'))).toMatchObject([
      { toldIn: 'digest/-/2026-11-20' },
    ]);
    const html = (await run(stage)('digest', '--last', '--html')).out;
    expect(html).toMatch(/^<!doctype html>.*bgcolor="#15803d".*<\/html>\n$/s);
  });

  it('that comes after it, in which nothing comes, is one line', async () => {
    await using stage = await openNight();
    await withChannels(stage, soc);
    await night(stage, [unused]);
    await stage.pass(24 * 3600 + 35 * 60);
    expect(digests(stage).map(({ subject }) => subject)).toEqual([
      'NO ACTION: morning digest, 1 contained, Firebreak dev',
      'NO ACTION: morning digest, a quiet night, Firebreak dev',
    ]);
    expect((await run(stage)('digest', '--last')).out.trimEnd()).toBe(digests(stage)[1]?.body);
    // A webhook gets them as HTML, too.
    expect(arrived(stage, hook)).toMatchObject(
      digests(stage).map(({ subject, body }) => ({
        tier: 'digest',
        headline: expect.stringContaining(subject),
        text: body,
        html: expect.stringContaining(subject),
      })),
    );
    expect(digests(stage)[1]?.body).toMatch(/^.*: nothing since 2026-11-20T03:0\S+\.$/);
  });
});

it('a team that nobody knows is one sentence, and exit 2', async () => {
  await using stage = await openStage();
  expect(await run(stage)('digest', '--team', 'nobody')).toMatchObject({
    exit: 2,
    err: 'firebreak: There is no team "nobody" in the settings of stage dev: they name none.\n',
  });
  expect((await run(stage)('digest')).out).toContain('a quiet night');
  expect(await run(stage)('digest', '--last')).toMatchObject({
    exit: 1,
    out: '',
    err: expect.stringMatching(/^firebreak: No digest has been written in stage dev: .*\n$/),
  });
});
