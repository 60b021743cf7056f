import { describe, expect, it } from 'vitest';
import { candidateOf } from '../../../cli/rules/promote/candidate.ts';
import type { StageConnection } from '../../../cli/stage.ts';
import { memoryBodies } from '../../../shared/incident/bodies.ts';
import { memoryTable } from '../../../shared/incident/memoryTable.ts';
import { publishSet } from '../../../shared/incident/rulesets.ts';
import { sha256Hex } from '../../../shared/platform/hash.ts';
import { canonicalJson } from '../../../shared/platform/json.ts';
import { setOf } from '../replay/replaying.ts';

const rule = (name: string, rest = 'mode: observe\n'): string =>
  `# ${name}, of us\nname: ${name}\nwhen: { label: [critical] }\ndo: [ecr.quarantine-image]\n${rest}`;

/** A stage with these parameters, and a published set with these settings. */
async function stageWith(files: Readonly<Record<string, string>>, settings = '', restores = false) {
  const table = memoryTable();
  const bodies = memoryBodies(sha256Hex);
  const set = setOf({ 'rules/a': rule('a'), ...(settings === '' ? {} : { settings }) });
  const pointer = await publishSet(
    { table, bodies },
    {
      text: canonicalJson(set),
      sources: '{}',
      versions: {},
      after: undefined,
      why: { kind: 'edit' },
      changes: [],
      at: '',
    },
  );
  if (restores && pointer !== undefined)
    await table.update({ pk: 'ruleset', sk: 'current' }, { hash: pointer.hash }, { set: { restores: true } });
  const parameters = {
    below: async () =>
      Object.entries(files).map(([path, value]) => ({ name: `/firebreak/prod/${path}`, value, version: 7 })),
  };
  const effects = { table, bodies, parameters, clock: { now: () => new Date('2026-11-20T10:00:00Z') } };
  return { stage: 'prod', effects } as unknown as StageConnection;
}

describe('a rule that is to enforce', () => {
  it('is what stands in Parameter Store, with its version, and with that one value changed', async () => {
    const stage = await stageWith({ 'rules/a': rule('a'), 'rules/b': rule('b') });
    expect(await candidateOf(stage, 'a')).toMatchObject({
      kind: 'candidate',
      parameter: '/firebreak/prod/rules/a',
      version: 7,
      next: rule('a', 'mode: enforce\n'),
      changes: ['rule a: mode is "enforce", was "observe"'],
    });
  });

  it('must be there', async () => {
    const stage = await stageWith({ 'rules/image-critical': rule('image-critical') });
    expect(await candidateOf(stage, 'image-critcal')).toEqual({
      kind: 'nothing',
      reason: 'There is no rule "image-critcal" in stage prod; did you mean "image-critical"?',
    });
  });

  it('must not enforce already, by itself or as the deployment wants it', async () => {
    const already = { kind: 'nothing', reason: 'Rule a enforces already.' };
    expect(await candidateOf(await stageWith({ 'rules/a': rule('a', 'mode: enforce\n') }), 'a')).toEqual(already);
    const unsaid = { 'rules/a': rule('a', '') };
    expect(await candidateOf(await stageWith(unsaid, 'defaultMode: enforce\n'), 'a')).toEqual(already);
    expect(await candidateOf(await stageWith(unsaid), 'a')).toMatchObject({ next: rule('a', 'mode: enforce\n') });
  });

  it('is not one while the set is refused: it would never be live', async () => {
    const stage = await stageWith({ 'rules/a': rule('a'), 'rules/b': 'name: b\n' });
    expect(await candidateOf(stage, 'a')).toMatchObject({
      kind: 'refused',
      problems: [
        { file: 'rules/b', path: 'when' },
        { file: 'rules/b', path: 'do' },
      ],
    });
  });

  it('is not one where it would be refused once it enforces', async () => {
    const full = rule('a', '')
      .padEnd(4096 - 4, '#')
      .concat('\n');
    expect(await candidateOf(await stageWith({ 'rules/a': full }), 'a')).toMatchObject({
      kind: 'refused',
      problems: [{ file: 'rules/a', code: 'too-large' }],
    });
  });

  it('is not one while a rollback puts the parameters back', async () => {
    expect(await candidateOf(await stageWith({ 'rules/a': rule('a') }, '', true), 'a')).toMatchObject({
      kind: 'nothing',
      reason: expect.stringContaining('rollback'),
    });
  });
});
