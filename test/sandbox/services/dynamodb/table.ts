import { createTable } from '../../../../sandbox/services/dynamodb/tables.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';

/** An account with one table `incidents` (pk, sk) and an index `by-g` over the string `g`. */
export function withTable(): FakeAccount {
  const fake = fakeAccount();
  createTable(fake.account, {
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
  });
  return fake;
}
