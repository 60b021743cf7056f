import type { Service } from '../../account.ts';
import { getIPSet } from './getIPSet.ts';
import { listIPSets } from './listIPSets.ts';
import { listTagsForResource } from './listTagsForResource.ts';
import { updateIPSet } from './updateIPSet.ts';

/** IP sets of AWS WAF. There are no web ACLs: nothing is asked through them. */
export const wafv2Service: Service = {
  name: 'wafv2',
  protocol: 'json-1.1',
  target: 'AWSWAF_20190729',
  operations: {
    GetIPSet: getIPSet,
    ListIPSets: listIPSets,
    ListTagsForResource: listTagsForResource,
    UpdateIPSet: updateIPSet,
  },
};
