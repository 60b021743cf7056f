import type { Journal } from '../actions/contract.ts';
import { amendReceipt, type StepAddress } from '../incident/receipts.ts';
import type { Json } from '../platform/json.ts';
import type { Effects } from './effects.ts';

/**
 * The sub-steps of one step, in its receipt: what is written there as done is not called again when Act is retried.
 * @param before is asked right before each call, and throws where it must not be made
 */
export function journalOf(
  { table }: Pick<Effects, 'table'>,
  address: StepAddress,
  known: { readonly [name: string]: Json },
  before: () => Promise<void>,
): Journal {
  let journal = known;
  return {
    once: async (name, call) => {
      const done = journal[name];
      if (done !== undefined) return done;
      await before();
      const value = await call();
      journal = { ...journal, [name]: value };
      await amendReceipt(table, address, { journal });
      return value;
    },
  };
}
