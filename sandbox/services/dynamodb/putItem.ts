import type { PutItemInput, PutItemOutput } from '@aws-sdk/client-dynamodb';
import action from 'dynalite/actions/putItem.js';
import shape from 'dynalite/validations/putItem.js';
import { operation } from '../../account.ts';
import { performNow } from './perform.ts';
import { onTable } from './tableName.ts';

export const putItem = operation<PutItemInput, PutItemOutput>(onTable('PutItem'), (input, call) =>
  performNow(call, { action, shape }, input),
);
