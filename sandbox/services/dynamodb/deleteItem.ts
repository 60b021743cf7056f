import type { DeleteItemInput, DeleteItemOutput } from '@aws-sdk/client-dynamodb';
import action from 'dynalite/actions/deleteItem.js';
import shape from 'dynalite/validations/deleteItem.js';
import { operation } from '../../account.ts';
import { performNow } from './perform.ts';
import { onTable } from './tableName.ts';

export const deleteItem = operation<DeleteItemInput, DeleteItemOutput>(onTable('DeleteItem'), (input, call) =>
  performNow(call, { action, shape }, input),
);
