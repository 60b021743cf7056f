import type { QueryInput, QueryOutput } from '@aws-sdk/client-dynamodb';
import action from 'dynalite/actions/query.js';
import shape from 'dynalite/validations/query.js';
import { operation } from '../../account.ts';
import { performRead } from './perform.ts';
import { tableArn } from './tableName.ts';

/** IAM is asked about the index, when one is read, and not about its table. */
export const query = operation<QueryInput, QueryOutput>(
  ({ TableName, IndexName }, account) => {
    const table = tableArn(account, TableName);
    return [{ action: 'dynamodb:Query', resource: IndexName === undefined ? table : `${table}/index/${IndexName}` }];
  },
  (input, { account }) => performRead(account, { action, shape }, input),
);
