import type { UpdateItemInput, UpdateItemOutput } from '@aws-sdk/client-dynamodb';
import action from 'dynalite/actions/updateItem.js';
import shape from 'dynalite/validations/updateItem.js';
import { operation } from '../../account.ts';
import { performNow } from './perform.ts';
import { onTable } from './tableName.ts';

export const updateItem = operation<UpdateItemInput, UpdateItemOutput>(onTable('UpdateItem'), (input, call) =>
  performNow(call, { action, shape }, input),
);
