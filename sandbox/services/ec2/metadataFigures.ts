import type { Account } from '../../account.ts';
import { launchedAt } from './instances.ts';
import { hosts } from './interfaces.ts';

const DAY_MS = 86_400_000;

/**
 * How often something on a host was answered by its metadata service without a token (`MetadataNoToken`), in a time; undefined where the host did
 * not run in it. Once tokens are required nobody is.
 */
export function withoutToken(account: Account, instanceId: string, from: number, to: number): number | undefined {
  const host = hosts(account).find(({ ec2InstanceId }) => ec2InstanceId === instanceId);
  if (host === undefined) return undefined;
  const [start, end] = [Math.max(from, launchedAt(host)), Math.min(to, account.clock.now())];
  if (start >= end) return undefined;
  const { withoutTokenPerDay, tokens, endpoint } = host.metadata;
  if (tokens === 'required' || endpoint === 'disabled') return 0;
  return Math.ceil((withoutTokenPerDay * (end - start)) / DAY_MS);
}
