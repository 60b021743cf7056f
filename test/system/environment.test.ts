import { describe, expect, it } from 'vitest';
import { invokeFunction } from '../../sandbox/services/lambda/invoke.ts';
import { functions, missing, nonsense, withEnvironment } from './environment.ts';
import { openStage } from './stage.ts';

describe.each([
  ['missing', missing, 'is missing or empty'],
  ['broken', nonsense, 'is "!", and must be'],
])('every variable of every function %s', (_how, broken, says) => {
  it('keeps the function from starting, which names each of them and has asked AWS for nothing', async () => {
    await using stage = await openStage({ template: withEnvironment(broken), rules: {}, web: true });
    expect(functions.length).toBeGreaterThan(7);
    for (const { name, variables } of functions) {
      const answer = await invokeFunction(stage.account, name, {});
      const message = answer.ok ? `${name} started` : answer.errorMessage;
      for (const variable of Object.keys(variables)) expect(message, name).toContain(`${variable} ${says}`);
    }
    expect(stage.account.trail.filter(({ principal }) => principal.includes(':assumed-role/'))).toEqual([]);
    expect(stage.table()).toEqual([]);
  });
});
