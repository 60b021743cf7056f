import { pathText } from '../../shared/rules/complaints.ts';
import type { Account } from '../account.ts';
import { misfitsOf } from './check.ts';
import { loadRepository } from './loadEcr.ts';
import { loadCluster, loadInstanceOfNone, loadTaskDefinition } from './loadEcs.ts';
import { loadEksClusters } from './loadEks.ts';
import { loadFunction } from './loadFunctions.ts';
import { loadElasticIps, loadLoadBalancers, loadSecurityGroups } from './loadNetwork.ts';
import { loadNetworkAcls } from './loadNetworkAcls.ts';
import { loadRoles } from './loadRoles.ts';
import { loadScaling } from './loadScaling.ts';
import { loadSecrets } from './loadSecrets.ts';
import { loadSystemsManager } from './loadSsm.ts';
import { loadUser } from './loadUsers.ts';
import { loadIpSets } from './loadWaf.ts';
import { loadWatch } from './loadWatch.ts';
import { WorldError } from './read.ts';
import type { World } from './schema.ts';

/** Fills the account with the world of an account file. Throws WorldError when its parts do not fit together. */
export function loadWorld(account: Account, world: World): void {
  const [misfit] = misfitsOf(world);
  if (misfit !== undefined) throw new WorldError(`account file: ${pathText('', misfit.path)}: ${misfit.message}`);
  loadRoles(account, world);
  for (const user of world.users) loadUser(account, user);
  for (const repository of world.repositories) loadRepository(account, repository);
  for (const definition of world.taskDefinitions) loadTaskDefinition(account, world, definition);
  loadSecurityGroups(account, world);
  for (const cluster of world.clusters) loadCluster(account, world, cluster);
  for (const instance of world.instances) loadInstanceOfNone(account, world, instance);
  loadLoadBalancers(account, world);
  loadElasticIps(account, world);
  loadNetworkAcls(account, world);
  loadIpSets(account, world);
  for (const cluster of world.clusters) loadScaling(account, cluster);
  loadSystemsManager(account, world);
  loadEksClusters(account, world);
  loadSecrets(account, world);
  for (const fn of world.functions) loadFunction(account, world, fn);
  loadWatch(account, world);
}
