import type {
  AttributeDefinition,
  GlobalSecondaryIndex,
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import { type Account, AwsError } from '../../account.ts';
import { OrderedMap } from './orderedMap.ts';
import { dynamoState, type Table } from './state.ts';
import { tableArn } from './tableName.ts';

export interface TableSettings {
  readonly name: string;
  readonly keySchema: readonly KeySchemaElement[];
  readonly attributeDefinitions: readonly AttributeDefinition[];
  readonly gsis?: readonly GlobalSecondaryIndex[];
  /** Name of the time-to-live attribute, where it is enabled. */
  readonly ttl?: string;
}

/** Makes an on-demand table, active at once: what the template loader calls. */
export function createTable(account: Account, settings: TableSettings): Table {
  const { tables } = dynamoState(account);
  const { name, keySchema, attributeDefinitions, gsis = [], ttl } = settings;
  if (tables.has(name)) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
  checkKeys(keySchema, attributeDefinitions, gsis);
  const arn = tableArn(account, name);
  const created = new Date(account.clock.now());
  const table: Table = {
    description: {
      TableName: name,
      TableArn: arn,
      TableId: account.random.uuid(),
      TableStatus: 'ACTIVE',
      CreationDateTime: created,
      KeySchema: [...keySchema],
      AttributeDefinitions: [...attributeDefinitions],
      // On demand, nothing is provisioned.
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 },
      DeletionProtectionEnabled: false,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: created },
      ...(gsis.length === 0 ? {} : { GlobalSecondaryIndexes: gsis.map((index) => described(arn, index)) }),
    },
    items: new OrderedMap(),
    indexes: new Map(gsis.map((index) => [index.IndexName ?? '', new OrderedMap()])),
    ...(ttl === undefined ? {} : { ttlAttribute: ttl }),
  };
  tables.set(name, table);
  return table;
}

function described(tableArnText: string, index: GlobalSecondaryIndex): GlobalSecondaryIndexDescription {
  return {
    IndexName: index.IndexName,
    IndexArn: `${tableArnText}/index/${index.IndexName}`,
    IndexStatus: 'ACTIVE',
    KeySchema: index.KeySchema,
    Projection: index.Projection,
  };
}

/** As on AWS: every key attribute is defined, and no attribute that is no key. */
function checkKeys(
  keySchema: readonly KeySchemaElement[],
  defined: readonly AttributeDefinition[],
  gsis: readonly GlobalSecondaryIndex[],
): void {
  const keys = new Set(
    [...keySchema, ...gsis.flatMap((index) => index.KeySchema ?? [])].map((key) => key.AttributeName),
  );
  const names = new Set(defined.map((attribute) => attribute.AttributeName));
  const odd = [...[...keys].filter((name) => !names.has(name)), ...[...names].filter((name) => !keys.has(name))];
  if (odd.length > 0) {
    throw new AwsError(
      'ValidationException',
      `One or more parameter values were invalid: key attributes and attribute definitions differ: ${odd.join(', ')}`,
    );
  }
}
