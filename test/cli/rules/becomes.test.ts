import { expect, it } from 'vitest';
import { whatBecame } from '../../../cli/rules/becomes.ts';
import { outcomeLine } from '../../../cli/rules/outcome.ts';
import type { StageConnection } from '../../../cli/stage.ts';
import { guardWorld, prefix, ruleText } from '../../respond/guardWorld.ts';

const name = `${prefix}rules/mine`;

/** What became of version 1 of a rule, after the guard has seen these texts one after the other. */
async function afterwards(...texts: readonly string[]) {
  const world = guardWorld();
  for (const text of texts) {
    world.write('rules/mine', text);
    await world.run();
  }
  const connection = { stage: 'prod', effects: world.effects } as unknown as StageConnection;
  return whatBecame(
    connection,
    { versions: { [name]: 1 }, removed: [] },
    'what the status said before',
    async () => {},
  );
}

it('what was pushed decides', async () => {
  expect(await afterwards(ruleText('mine'))).toEqual({ kind: 'live', number: 1 });
});

it('what somebody else wrote over it at once is not said to be it', async () => {
  const became = await afterwards(ruleText('mine'), ruleText('mine', 'order: 5\n'));
  expect(became).toEqual({ kind: 'overwritten', number: 2, parameters: [name] });
  const { good, line } = outcomeLine(became, 'prod');
  expect(good).toBe(false);
  expect(line).toContain(`somebody else has written ${name} after you`);
});
