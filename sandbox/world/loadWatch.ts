import { createHash } from 'node:crypto';
import type { Account } from '../account.ts';
import { configRecorder } from '../services/config/recorder.ts';
import { registryScanning } from '../services/ecr/registryScanning.ts';
import { guardDuty } from '../services/guardduty/detector.ts';
import { inspector } from '../services/inspector2/state.ts';
import { confirmedAddresses } from '../services/sns/state.ts';
import type { World } from './schema.ts';

/** What watches the account, as far as the file names it. */
export function loadWatch(account: Account, world: World): void {
  const at = account.clock.now();
  if (world.guardDuty !== undefined) {
    const { enabled, runtimeMonitoring, managedAgents, uncovered } = world.guardDuty;
    // It follows from the account: a draw would change what everything after it gets.
    const id = createHash('md5').update(`${account.id} ${account.region}`).digest('hex');
    const unhealthy = new Map(uncovered.map(({ cluster, issue }) => [cluster, issue]));
    guardDuty(account).detector = { id, enabled, runtimeMonitoring, managed: managedAgents, since: at, unhealthy };
  }
  if (world.inspector !== undefined) inspector(account).scans = world.inspector.scans;
  if (world.configRecorder !== undefined)
    configRecorder(account).recorder = { name: 'default', ...world.configRecorder, at };
  if (world.registryScanning !== undefined) registryScanning(account).is = world.registryScanning;
  for (const address of world.confirmedAddresses) confirmedAddresses(account).add(address);
}
