import type { ScanInput, ScanOutput } from '@aws-sdk/client-dynamodb';
import action from 'dynalite/actions/scan.js';
import dynalites from 'dynalite/validations/scan.js';
import { operation } from '../../account.ts';
import type { Shape } from './dynaliteShapes.ts';
import { performRead } from './perform.ts';
import { tableOrIndexArn } from './tableName.ts';

/** dynalite's shape of a Scan knows no ConsistentRead, which its action obeys, and takes the segment 0 for none. */
const shape: Shape = {
  types: { ...dynalites.types, ConsistentRead: 'Boolean' },
  custom: (data, store) => {
    const { Segment, TotalSegments } = data as ScanInput;
    if (Segment !== undefined && TotalSegments === undefined) {
      return 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present';
    }
    return dynalites.custom(data, store);
  },
};

/** Every item, in an order that means nothing; 1 MB a page, also where a filter leaves little of it, and in segments. */
export const scan = operation<ScanInput, ScanOutput>(
  ({ TableName, IndexName }, account) => [
    { action: 'dynamodb:Scan', resource: tableOrIndexArn(account, TableName, IndexName) },
  ],
  (input, call) => performRead(call, { action, shape }, input),
);
