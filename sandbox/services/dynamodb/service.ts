import type { Service } from '../../account.ts';
import { batchGetItem } from './batchGetItem.ts';
import { deleteItem } from './deleteItem.ts';
import { describeTable } from './describeTable.ts';
import { getItem } from './getItem.ts';
import { listTables } from './listTables.ts';
import { putItem } from './putItem.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { updateItem } from './updateItem.ts';

/**
 * Tables with conditional writes and indexes: dynalite's validation, parsers and actions over a store of ours. No
 * transactions, streams or binary values. In one update expression, do not both copy an attribute and add to it
 * (`SET a = b ADD b :one`): dynalite then adds to the copy too.
 */
export const dynamodbService: Service = {
  name: 'dynamodb',
  protocol: 'json-1.0',
  target: 'DynamoDB_20120810',
  operations: {
    BatchGetItem: batchGetItem,
    DeleteItem: deleteItem,
    DescribeTable: describeTable,
    GetItem: getItem,
    ListTables: listTables,
    PutItem: putItem,
    Query: query,
    Scan: scan,
    UpdateItem: updateItem,
  },
};
