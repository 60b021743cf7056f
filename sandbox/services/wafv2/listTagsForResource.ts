import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-wafv2';
import { operation } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';
import { setOfArn } from './state.ts';

const code = 'WAFInvalidParameterException';

/** Of IP sets, which are all that there is here. */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>(
  ({ ResourceARN = '' }) => [{ action: 'wafv2:ListTagsForResource', resource: ResourceARN }],
  ({ ResourceARN = '', Limit, NextMarker }, { account }) => {
    const { tags } = setOfArn(account, ResourceARN);
    const all = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const { items, nextToken } = pageOf(all, pageSize(Limit, 100, 100, code), NextMarker, code);
    return {
      TagInfoForResource: { ResourceARN, TagList: [...items] },
      ...(nextToken === undefined ? {} : { NextMarker: nextToken }),
    };
  },
);
