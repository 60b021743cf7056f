import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { incidentOf, running, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** The commands as a person runs them: a process of its own, that knows an endpoint and credentials. */
describe('incidents and undo, on a deployed stage', () => {
  let stage: Stage;
  let run: (...args: readonly string[]) => Promise<Ran>;
  const key = incidentOf(unused);

  beforeAll(async () => {
    stage = await openStage();
    run = (...args) => firebreak(args, { env: environmentOf(stage.account) });
    stage.scan(unused);
    stage.scan(running);
    await stage.settle();
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('list the open incidents', async () => {
    const { exit, out } = await run('incidents', 'list', '--json');
    expect(await run('incidents', '--json')).toEqual({ exit, out, err: '' });
    expect(exit).toBe(0);
    const { version, incidents } = JSON.parse(out);
    expect(version).toBe(1);
    expect(
      Object.fromEntries(incidents.map((one: { incident: string; outcome: string }) => [one.incident, one.outcome])),
    ).toEqual({
      [key]: 'contained',
      [incidentOf(running)]: 'held',
    });
  });

  it('show all that is kept about one, by a part of its key', async () => {
    const { exit, out } = await run('incidents', 'show', unused.repository, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      incident: key,
      rule: { name: 'enforcing', mode: 'enforce', ruleset: { number: 1 } },
      findings: [{ event: { result: 'accepted' } }],
      plan: {
        steps: [
          { action: 'evidence.capture', receipt: { verified: { state: 'holds' } } },
          {
            action: 'ecr.quarantine-image',
            before: { status: { [unused.digest]: 'ACTIVE' } },
            receipt: { state: 'done', verified: { state: 'holds' } },
          },
        ],
      },
      messages: [{ sent: true, tier: 'digest' }],
      targets: [{ contained: true }],
    });
    expect((await run('incidents', 'show', key)).out).toMatch(/ecr\.quarantine-image: [\s\S]*read back .* \(holds\)/);
  });

  it('answer 1 for what is not there, and 2 for a stage that is not', async () => {
    const unknown = await run('incidents', 'show', 'nothing');
    expect(unknown).toMatchObject({ exit: 1, out: '' });
    expect(unknown.err).toMatch(/^firebreak: There is no incident "nothing" in stage dev\..*\n$/);
    const elsewhere = await run('incidents', 'list', '--stage', 'prod');
    expect(elsewhere).toMatchObject({ exit: 2, out: '' });
    expect(elsewhere.err).toMatch(/^firebreak: There is no stage "prod" in us-east-1: .*\/firebreak\/prod\/stack/);
  });

  it('undo nothing where nothing stands: exit 1, with the sentence', async () => {
    const { exit, out, err } = await run('undo', running.repository);
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(err).toMatch(/^firebreak: Nothing that was changed for .* stands\.\n$/);
  });

  it('undo what stands: say what it opened and how long it takes, and the image is back', async () => {
    const begun = await run('undo', unused.repository, '--by', 'ann', '--reason', 'a false alarm');
    expect(begun.exit).toBe(0);
    expect(begun.out).toMatch(/is under way now: run .*\n {2}ecr\.quarantine-image on .*up to 20 minutes/);
    expect(begun.out).toContain(`firebreak incidents show ${key} --stage dev\n`);
    const again = await run('undo', key, '--json');
    expect(again.exit).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ version: 1, incident: key, kind: 'under-way' });
    await stage.settle();
    expect(stage.statuses(unused.repository)[unused.digest]).toBe('ACTIVE');
    expect(JSON.parse((await run('incidents', 'show', key, '--json')).out)).toMatchObject({
      outcome: 'undone',
      decisions: [{ kind: 'undo', by: 'ann', reason: 'a false alarm' }],
      plans: [{ direction: 'do' }, { direction: 'undo' }],
    });
    expect((await run('undo', key)).exit).toBe(1);
  });
});
