import type { DescribeTableInput, DescribeTableOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../account.ts';
import { tableByName } from './state.ts';
import { onTable, tableName } from './tableName.ts';

/** The item count is exact; on AWS it is some six hours old. */
export const describeTable = operation<DescribeTableInput, DescribeTableOutput>(
  onTable('DescribeTable'),
  (input, { account }) => {
    const { description, items } = tableByName(account, tableName(input.TableName ?? ''));
    return { Table: { ...description, ItemCount: items.size } };
  },
);
