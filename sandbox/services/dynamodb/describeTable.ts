import type { DescribeTableInput, DescribeTableOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../account.ts';
import { itemBytes } from './itemSize.ts';
import { tableByName } from './state.ts';
import { onTable, tableName } from './tableName.ts';

/** Count and size are exact; on AWS they are some six hours old. */
export const describeTable = operation<DescribeTableInput, DescribeTableOutput>(
  onTable('DescribeTable'),
  (input, { account }) => {
    const { description, items } = tableByName(account, tableName(input.TableName ?? ''));
    const TableSizeBytes = items.range().reduce((sum, item) => sum + itemBytes(item), 0);
    return { Table: { ...description, ItemCount: items.size, TableSizeBytes } };
  },
);
