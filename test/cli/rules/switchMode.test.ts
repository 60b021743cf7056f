import { describe, expect, it } from 'vitest';
import type { Candidate, NoCandidate } from '../../../cli/rules/promote/candidate.ts';
import { switchMode } from '../../../cli/rules/promote/switchMode.ts';
import { UsageError } from '../../../cli/usage.ts';
import { setOf } from '../replay/replaying.ts';

const text = 'name: a\nwhen: { label: [critical] }\ndo: [evidence.capture]\nmode: observe\n';
const next = text.replace('observe', 'enforce');
const shown: Candidate = {
  kind: 'candidate',
  rule: 'a',
  parameter: '/firebreak/prod/rules/a',
  version: 3,
  text,
  next,
  set: setOf({ 'rules/a': text }),
  changes: [],
};

/** A parameter with its versions, as Parameter Store has them. */
function world(between: (versions: string[]) => void = () => undefined) {
  const versions = ['one', 'two', text];
  const store = {
    put: async (_name: string, value: string) => {
      between(versions);
      return versions.push(value);
    },
    remove: async () => void versions.splice(0),
  };
  return {
    versions,
    run: (now: Candidate | NoCandidate = shown, readable = true) =>
      switchMode(
        {
          parameters: store,
          again: async () => now,
          versionText: async (_name, version) => (readable ? versions[version - 1] : undefined),
        },
        shown,
      ),
  };
}

describe('a rule is switched', () => {
  it('as it was shown', async () => {
    const { run, versions } = world();
    expect(await run()).toEqual({ kind: 'written', version: 4 });
    expect(versions).toEqual(['one', 'two', text, next]);
  });

  it('never where somebody has edited it since it was shown', async () => {
    const { run, versions } = world();
    expect(await run({ ...shown, version: 5 })).toEqual({ kind: 'edited', version: 5 });
    expect(versions).toHaveLength(3);
  });

  it('never where it was deleted and written anew since', async () => {
    const { run, versions } = world();
    expect(await run({ ...shown, text: `${text}# theirs\n` })).toEqual({ kind: 'edited', version: 3 });
    expect(versions).toHaveLength(3);
  });

  it('never where the set would be refused now', async () => {
    const { run, versions } = world();
    expect(await run({ kind: 'refused', problems: [] })).toEqual({ kind: 'refused', problems: [] });
    expect(versions).toHaveLength(3);
  });

  it('but an edit between the look and the write is put back', async () => {
    let edits = 0;
    const { run, versions } = world((all) => {
      edits += 1;
      if (edits === 1) all.push('theirs');
    });
    expect(await run()).toEqual({ kind: 'edited', version: 6 });
    expect(versions.at(-1)).toBe('theirs');
  });

  it('but says so where such an edit cannot be put back', async () => {
    const { run } = world((all) => all.push('theirs'));
    await expect(run(shown, false)).rejects.toThrow(UsageError);
  });

  it('but what is deleted between the look and the write stays so', async () => {
    const { run, versions } = world((all) => all.splice(0));
    expect(await run()).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('was deleted meanwhile') });
    expect(versions).toEqual([]);
  });
});
