import type { StartAssociationsOnceRequest, StartAssociationsOnceResult } from '@aws-sdk/client-ssm';
import { operation } from '../../../account.ts';
import { atMost, invalid } from '../limits.ts';
import { apply } from './motion.ts';
import { associationArn, associationOf } from './state.ts';

/** Each is applied to all that it targets, and not to one node. The answer is empty: how it goes is read. One that is not there fails the whole call. */
export const startAssociationsOnce = operation<StartAssociationsOnceRequest, StartAssociationsOnceResult>(
  (input, account) =>
    (input.AssociationIds ?? []).map((id) => ({
      action: 'ssm:StartAssociationsOnce',
      resource: associationArn(account, id),
    })),
  ({ AssociationIds }, { account }) => {
    const ids = atMost('associationIds', AssociationIds, 10);
    if (ids.length === 0) throw invalid('associationIds', 'Member must have length greater than or equal to 1');
    for (const association of ids.map((id) => associationOf(account, id))) apply(account, association);
    return {};
  },
);
