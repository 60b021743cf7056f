import type { InstanceAssociationStatusInfo } from '@aws-sdk/client-ssm';
import { ownershipFrom, ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { ReadContext } from '../contract.ts';
import { readInstance, readNode } from '../targets/instanceTarget.ts';
import { hasFailed, readReach, readStandings } from './reads.ts';
import { chosenShape, type HostTarget, mostLookedAt, type Observed, type Reach } from './types.ts';

/** Reads of EC2 and Systems Manager which associations have failed on a host, and what applying them again would do. Throws TargetGone. */
export async function observeAssociations({ id }: HostTarget, { aws, chosen }: ReadContext): Promise<Observed> {
  const read = readsWith(aws);
  const own = ownershipFrom((await readInstance(read, id)).Tags ?? []);
  const node = await readNode(read, id);
  const standings = node === undefined ? [] : await readStandings(read, id);
  const failed = standings.filter(hasFailed).flatMap(({ AssociationId }) => AssociationId ?? []);
  // What is chosen is looked at though it may stand well by now: else the first of several would make the plan of the rest stale.
  const wanted = new Set([...(chosenShape.safeParse(chosen).data?.apply ?? []), ...failed.toSorted()]);
  const reaches: Reach[] = [];
  for (const one of [...wanted].slice(0, mostLookedAt).toSorted()) {
    const reach = node === undefined ? undefined : await readReach(read, one, id);
    if (reach !== undefined) reaches.push(reach);
  }
  const ping = node?.PingStatus ?? null;
  return {
    ping,
    protectedBy: own.protectedBy,
    reaches,
    failed,
    owner: ownerText(own),
    seen: seenLines(id, ping, standings, reaches),
  };
}

function seenLines(
  id: string,
  ping: string | null,
  standings: readonly InstanceAssociationStatusInfo[],
  reaches: readonly Reach[],
): readonly string[] {
  return [
    ping === null ? `${id}: not managed by Systems Manager` : `${id}: Systems Manager ${ping}`,
    ...standings.filter(hasFailed).map(({ AssociationId, Status, ExecutionDate }) => {
      const name = reaches.find((one) => one.id === AssociationId)?.name ?? 'association';
      return `${id}: ${name} (${AssociationId}) is ${Status} since ${ExecutionDate?.toISOString() ?? 'an unknown time'}`;
    }),
  ];
}
