import { partitionOf } from '../../finding/partition.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permission, Permissions } from '../contract.ts';
import { type AddressTarget, ownAddressReads } from '../targets/addressTarget.ts';
import { cloudFrontRegion, scopesOf, setOf } from './ipSets.ts';
import { chosenShape } from './types.ts';

/** Which sets have the names of the rule is known only once they were listed. */
function anySet({ account, region }: AddressTarget): readonly string[] {
  const place = `arn:${partitionOf(region)}:wafv2`;
  return scopesOf(region).map((scope) =>
    scope === 'REGIONAL'
      ? `${place}:${region}:${account}:regional/ipset/*/*`
      : `${place}:${cloudFrontRegion}:${account}:global/ipset/*/*`,
  );
}

const on = (sets: readonly string[], ...actions: readonly string[]): readonly Permission[] =>
  actions.flatMap((action) => sets.map((resource) => ({ action, resource })));

/** Changes are granted on the sets that were chosen, and on no other. Throws ActionFailed for what is no set of the target's place. */
export function blockPermissions(target: AddressTarget, chosen?: JsonObject): Permissions {
  const picked = chosenShape.safeParse(chosen);
  const all = anySet(target);
  const write = picked.success
    ? on(
        picked.data.sets.map((arn) => setOf(arn, target).arn),
        'wafv2:UpdateIPSet',
      )
    : on(all, 'wafv2:UpdateIPSet').map((one) => ({
        ...one,
        why: 'The rule names IP sets, whose ids AWS draws; once they were listed, a session is for the sets that the plan has chosen',
      }));
  return {
    write,
    read: [
      {
        action: 'wafv2:ListIPSets',
        resource: '*',
        why: 'AWS cannot scope it. It names IP sets, and shows nothing of what is in them',
      },
      ...on(all, 'wafv2:GetIPSet', 'wafv2:ListTagsForResource'),
      ...ownAddressReads,
    ],
  };
}
