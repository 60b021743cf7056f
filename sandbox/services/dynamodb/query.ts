import type { QueryInput, QueryOutput } from '@aws-sdk/client-dynamodb';
import action from 'dynalite/actions/query.js';
import shape from 'dynalite/validations/query.js';
import { operation } from '../../account.ts';
import { performRead } from './perform.ts';
import { tableOrIndexArn } from './tableName.ts';

export const query = operation<QueryInput, QueryOutput>(
  ({ TableName, IndexName }, account) => [
    { action: 'dynamodb:Query', resource: tableOrIndexArn(account, TableName, IndexName) },
  ],
  (input, call) => performRead(call, { action, shape }, input),
);
