import { createTable, type TableSettings } from '../../../../sandbox/services/dynamodb/tables.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';

/** A table `incidents` (pk, sk) with an index `by-g` over the string `g`. */
export const incidentsTable: TableSettings = {
  name: 'incidents',
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  attributeDefinitions: ['pk', 'sk', 'g'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  gsis: [
    {
      IndexName: 'by-g',
      KeySchema: [
        { AttributeName: 'g', KeyType: 'HASH' },
        { AttributeName: 'pk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** An account with that table. */
export function withTable(): FakeAccount {
  const fake = fakeAccount();
  createTable(fake.account, incidentsTable);
  return fake;
}
