import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { enforcing, type Image, incidentOf } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const count = 31;
const repository = 'payments/many';
const images = Array.from({ length: count }, (_, n): Image => {
  const digest = createHash('sha256').update(`image ${n}`).digest('hex');
  return { repository, digest: `sha256:${digest}` };
});
/** A service runs it: it is held, and somebody is needed. */
const inUse = 20;

const world = worldSchema.parse({
  repositories: [
    { name: repository, images: images.map(({ digest }, n) => ({ digest, tags: [`${n}.0`], scan: { CRITICAL: 12 } })) },
  ],
  taskDefinitions: [{ family: 'many', revision: 1, containers: [{ name: 'app', image: `${repository}:${inUse}.0` }] }],
  clusters: [{ name: 'prod', services: [{ name: 'many', taskDefinition: 'many:1', desiredCount: 1 }] }],
});

const rules = {
  enforcing: enforcing.replace('page: { held: notice }', 'page: { contained: page, held: page }'),
};

const pages = (stage: Stage) => stage.told().filter(({ tier }) => tier === 'page');
const commandsOn =
  ({ account }: Stage) =>
  (...args: readonly string[]): Promise<Ran> =>
    firebreak(args, { env: environmentOf(account) });

describe('thirty incidents in ten minutes, and one that is not contained', () => {
  it('are the pages before the tenth and one of the storm, which goes out again for that one; all are contained', async () => {
    await using stage = await openStage({ world, rules });
    for (const image of images) {
      stage.scan(image);
      await stage.pass(15);
    }
    await stage.pass(6 * 60);
    const outcomes = images.map((image) => stage.head(image).outcome);
    expect(outcomes.filter((outcome) => outcome === 'contained')).toHaveLength(count - 1);
    expect(outcomes[inUse]).toBe('held');
    const [first, ...more] = pages(stage).filter(({ subject }) => subject.startsWith('GET UP: storm'));
    expect(pages(stage).length - more.length).toBe(10);
    expect(first?.subject).toMatch(/^GET UP: storm: 10 incidents in 10 min, 10 contained, /);
    expect(more.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^GET UP: storm: \d\d incidents in \d\d min, \d\d contained, 1 needs you, /),
    ]);
    expect(more[0]?.body).toContain(`firebreak incidents show ${incidentOf(images[inUse] as Image)} --stage dev`);

    const run = commandsOn(stage);
    const storm = /^Incident (storm\/.*)$/m.exec(first?.body ?? '')?.[1] ?? '';
    const list = await run('incidents', 'list');
    expect(list.out).toContain(`  told by ${storm}`);
    const shown = await run('incidents', 'show', storm);
    expect(shown.out).toContain(`Its page tells ${count - 9} more`);
    expect(shown.out).toMatch(/NEEDS SOMEBODY image\//);
    const one = await run('incidents', 'show', incidentOf(images[30] as Image));
    expect(one.out).toContain(`not sent, told by the page of ${storm}`);
    expect(await run('acknowledge', storm, '--by', 'ana')).toMatchObject({ exit: 0 });
    expect((await run('acknowledge', incidentOf(images[30] as Image))).out).toContain('ana had it before');
    expect(await run('hold', storm, '--for', '1h', '--reason', 'x')).toMatchObject({ exit: 1 });
    expect(await run('undo', storm, '--reason', 'x')).toMatchObject({ exit: 1 });

    await stage.pass(15 * 60);
    const end = stage.told().filter(({ subject }) => subject.startsWith('NO ACTION: storm is over: 31 incidents'));
    expect(end).toHaveLength(1);
  });
});
