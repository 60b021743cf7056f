import type { ListIPSetsRequest, ListIPSetsResponse } from '@aws-sdk/client-wafv2';
import { operation } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';
import { scopeAsked, setArn, waf } from './state.ts';

const code = 'WAFInvalidParameterException';

/** The sets of a scope, without what is in them. IAM does not scope it. */
export const listIPSets = operation<ListIPSetsRequest, ListIPSetsResponse>(
  () => [{ action: 'wafv2:ListIPSets', resource: '*' }],
  ({ Scope, Limit, NextMarker }, { account }) => {
    const scope = scopeAsked(Scope);
    const all = [...waf(account).sets.values()].filter((one) => one.scope === scope);
    const { items, nextToken } = pageOf(all, pageSize(Limit, 100, 100, code), NextMarker, code);
    return {
      IPSets: items.map(({ name, id, description, token }) => ({
        Name: name,
        Id: id,
        Description: description,
        LockToken: token,
        ARN: setArn(account, scope, name, id),
      })),
      ...(nextToken === undefined ? {} : { NextMarker: nextToken }),
    };
  },
);
