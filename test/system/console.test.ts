import { describe, expect, it } from 'vitest';
import { enforcing, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';
import { WebPage } from './webPage.ts';

const asking = { enforcing: enforcing.replace('page: { held: notice }\n', 'approval: { when: [always] }\n') };
const archives = ({ calls }: Stage): number => calls('ecr:UpdateImageStorageClass');

/** Asked, and on its way to whoever is woken. */
async function asked(): Promise<Stage> {
  const stage = await openStage({ rules: asking, web: true });
  stage.scan(unused);
  await stage.pass(60);
  return stage;
}

describe('the page of the function URL, on the packaged stack', () => {
  it('opens by the link of a page, approves, and shows what was done with the proof', async () => {
    await using stage = await asked();
    const web = new WebPage(stage);
    const shown = await web.get(web.link());
    expect(shown).toMatchObject({ status: 200, text: expect.stringContaining('It asks you') });
    expect(archives(stage)).toBe(0);

    const [first, second] = await Promise.all([web.send(web.link(), 'approve'), web.send(web.link(), 'approve')]);
    expect([first.status, second.status]).toEqual([200, 200]);
    await stage.settle();
    expect(archives(stage)).toBe(1);
    expect(stage.head(unused)).toMatchObject({ outcome: 'contained' });
    const after = await web.get(web.link());
    expect(after.text).toMatch(/<strong>contained<\/strong>[\s\S]*read back [^<]*ARCHIVED/);
    expect(stage.table().filter(({ sk }) => sk.startsWith('decision#answer'))).toMatchObject([
      { by: 'link holder, topic page' },
    ]);
  });

  it('undoes nothing for whoever has but a link, and shows nothing to whoever has none', async () => {
    await using stage = await asked();
    const web = new WebPage(stage);
    await web.send(web.link(), 'approve');
    await stage.settle();
    const { status, text } = await web.ask('POST', `${web.link()}/undo`, { reason: 'x', csrf: 'x', despite: 'yes' });
    expect([status, text]).toEqual([403, expect.stringContaining('did not come from a page of ours')]);
    expect(await web.get('/incidents')).toMatchObject({ status: 401 });
    expect(await web.get(`/l/${'0'.repeat(64)}`)).toMatchObject({ status: 404 });
    await stage.settle();
    expect(stage.head(unused)).toMatchObject({ outcome: 'contained', direction: 'do' });
  });
});

it('has no address, and no message has a link, unless somebody asks for it', async () => {
  await using stage = await openStage({ rules: asking });
  stage.scan(unused);
  await stage.pass(60);
  expect(stage.sandbox.stack.outputs['ConsoleUrl']).toBeUndefined();
  expect(stage.told()).toHaveLength(1);
  expect(stage.told()[0]?.body).not.toContain('http');
});
