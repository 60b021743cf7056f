import { type Account, slice } from '../../account.ts';
import { onPreviewed, PREVIEWED } from './lifecycle/preview.ts';
import { EVALUATE, onEvaluate } from './lifecycle/run.ts';
import { onReplicated, REPLICATED } from './replication.ts';
import { onScanned, SCANNED } from './scan.ts';
import { onRestored, RESTORED } from './storageClass.ts';

const handled = slice('ecr.motion', (account) => {
  account.clock.on(RESTORED, (args) => onRestored(account, args));
  account.clock.on(SCANNED, (args) => onScanned(account, args));
  account.clock.on(EVALUATE, (args) => onEvaluate(account, args));
  account.clock.on(PREVIEWED, (args) => onPreviewed(account, args));
  account.clock.on(REPLICATED, (args) => onReplicated(account, args));
  return true;
});

/** From here on scans and restores end, and policies are looked at: called once a repository is there. */
export const setRegistryInMotion = (account: Account): boolean => handled(account);
