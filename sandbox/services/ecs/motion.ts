import { type Account, slice } from '../../account.ts';
import { doStep, GONE, STEP, vanish } from './lifecycle.ts';
import { lookAt } from './scheduler.ts';
import { LOOK } from './wake.ts';

const handled = slice('ecs.motion', (account) => {
  account.clock.on(STEP, (args) => doStep(account, args));
  account.clock.on(GONE, (args) => vanish(account, args));
  account.clock.on(LOOK, (args) => lookAt(account, args));
  return true;
});

/** From here on services and tasks move: called once a cluster is there. */
export const setInMotion = (account: Account): boolean => handled(account);
