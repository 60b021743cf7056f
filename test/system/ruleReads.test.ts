import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain, plainImages } from './plainImages.ts';
import { openStage, type Stage } from './stage.ts';

/** From the account's own trail, from event to page. What one read of the set costs in the table: test/incident/rulesets.test.ts. */
describe('what deciding reads for its rules', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ world: plainImages });
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  /** Whoever calls: function's name, then action and resource. */
  async function callsOf(letter: Parameters<typeof plain>[0]): Promise<readonly string[]> {
    const { trail } = stage.account;
    const from = trail.length;
    stage.scan(plain(letter));
    await stage.pass(100);
    expect(stage.head(plain(letter)).outcome).toBe('contained');
    return trail
      .slice(from)
      .map(({ principal, action, resource }) => `${principal.split('/').at(-1)} ${action} ${resource}`);
  }
  const setOf = (): string =>
    String(stage.table().find(({ pk, sk }) => pk === 'ruleset' && sk === 'current')?.['hash']);
  const decideReads = (calls: readonly string[], what: string) =>
    calls.filter((call) => call.startsWith('firebreak-dev-decide s3:GetObject ') && call.endsWith(what));
  const ofParameters = (calls: readonly string[]) => calls.filter((call) => call.includes(' ssm:'));

  it('is one object cold and none warm, and never a parameter', async () => {
    const [cold, warm] = [await callsOf('a'), await callsOf('b')];
    expect(decideReads(cold, setOf())).toHaveLength(1);
    expect(decideReads(warm, setOf())).toEqual([]);
    for (const calls of [cold, warm]) {
      // The channels read theirs when there is something to tell.
      expect(ofParameters(calls).filter((call) => !/^firebreak-dev-(guard|channel) /.test(call))).toEqual([]);
      // The guard, which people edit for, does read them: the trail would show it.
      expect(ofParameters(calls)).not.toEqual([]);
    }
  });
});
