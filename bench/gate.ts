import type { Account } from '../sandbox/account.ts';
import { kernelOf } from '../sandbox/kernel/kernel.ts';
import type { Integration } from '../sandbox/services/states/ports.ts';
import { statesOf } from '../sandbox/services/states/store.ts';

export interface Gate {
  /** From now on, so many executions go at a time; each that ends lets the next one go. */
  open(atOnce: number): void;
  /** How many executions have ended. */
  ended(): number;
}

/** Holds every execution before its first call, so that taking in and running can be measured apart. */
export function gateRuns(account: Account): Gate {
  const state = statesOf(account);
  const { clock } = kernelOf(account);
  const waiting: (() => void)[] = [];
  const begun = new Set<string>();
  let free = 0;
  let ended = 0;

  const pass = (): void => {
    while (free > 0 && waiting.length > 0) {
      free -= 1;
      waiting.shift()?.();
    }
  };
  const held =
    (integration: Integration): Integration =>
    async (args, call) => {
      const { executionArn: name } = call;
      if (!begun.has(name)) {
        begun.add(name);
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.push(resolve);
        pass();
        await clock.park(promise);
      }
      return integration(args, call);
    };
  state.integrations = Object.fromEntries(
    Object.entries(state.integrations).map(([name, integration]) => [name, held(integration)]),
  ) as typeof state.integrations;
  const { announce } = state;
  state.announce = (of, execution) => {
    announce(of, execution);
    if (execution.status === 'RUNNING') return;
    ended += 1;
    free += 1;
    pass();
  };
  return {
    open(atOnce) {
      free += atOnce;
      pass();
      clock.changed();
    },
    ended: () => ended,
  };
}
