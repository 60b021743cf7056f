import type { ListTaskDefinitionsRequest, ListTaskDefinitionsResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { taskDefinitions } from './state.ts';

/** By family, then by revision, the newest last. */
export const listTaskDefinitions = operation<ListTaskDefinitionsRequest, ListTaskDefinitionsResponse>(
  () => [{ action: 'ecs:ListTaskDefinitions', resource: '*' }],
  (input, { account }) => {
    const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input;
    const found = [...taskDefinitions(account).values()]
      .filter((one) => one.status === status && (familyPrefix === undefined || one.family === familyPrefix))
      .sort((a, b) => (a.family === b.family ? a.revision - b.revision : a.family < b.family ? -1 : 1));
    const sorted = sort === 'DESC' ? found.toReversed() : found;
    const page = pageOf(sorted, pageSize(input.maxResults, 100, 100), input.nextToken);
    return { taskDefinitionArns: page.items.map(({ arn }) => arn), ...next(page.nextToken) };
  },
);
