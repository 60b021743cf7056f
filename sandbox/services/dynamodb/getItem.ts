import type { GetItemInput, GetItemOutput } from '@aws-sdk/client-dynamodb';
import action from 'dynalite/actions/getItem.js';
import shape from 'dynalite/validations/getItem.js';
import { operation } from '../../account.ts';
import { performNow } from './perform.ts';
import { onTable } from './tableName.ts';

export const getItem = operation<GetItemInput, GetItemOutput>(onTable('GetItem'), (input, call) =>
  performNow(call, { action, shape }, input),
);
