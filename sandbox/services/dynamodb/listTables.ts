import type { ListTablesInput, ListTablesOutput } from '@aws-sdk/client-dynamodb';
import shape from 'dynalite/validations/listTables.js';
import { operation } from '../../account.ts';
import { checkedInput } from './perform.ts';
import { dynamoState } from './state.ts';

/** By name, at most 100 a page; IAM does not scope it. */
export const listTables = operation<ListTablesInput, ListTablesOutput>(
  () => [{ action: 'dynamodb:ListTables', resource: '*' }],
  (input, { account }) => {
    checkedInput(account, shape, input);
    const { ExclusiveStartTableName: after = '', Limit = 100 } = input;
    const names = [...dynamoState(account).tables.keys()].toSorted().filter((name) => name > after);
    const page = names.slice(0, Limit);
    const last = page.at(-1);
    return {
      TableNames: page,
      ...(last === undefined || page.length === names.length ? {} : { LastEvaluatedTableName: last }),
    };
  },
);
