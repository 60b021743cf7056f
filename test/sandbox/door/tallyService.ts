import { AwsError, operation, type Service, slice } from '../../../sandbox/account.ts';

/** A table of one number per key under DynamoDB's name, so that the real client can be pointed at it. */
const tallies = slice('test.tallies', () => new Map<string, string>());

interface Item {
  readonly Key?: { readonly pk: { readonly S: string } };
  readonly Item?: { readonly pk: { readonly S: string }; readonly n: { readonly N: string } };
}

/** GetItem and PutItem, nothing conditional: a get-then-put of two callers can lose an update. */
export function tallyService(refuse: (operationCount: number) => AwsError | undefined = () => undefined): Service {
  let count = 0;
  function refuseOrCount(): void {
    count += 1;
    const error = refuse(count);
    if (error) throw error;
  }
  const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/t';
  return {
    name: 'dynamodb',
    protocol: 'json-1.0',
    target: 'DynamoDB_20120810',
    operations: {
      GetItem: operation<Item, object>(
        () => [{ action: 'dynamodb:GetItem', resource: arn }],
        ({ Key }, { account }) => {
          refuseOrCount();
          const n = tallies(account).get(Key?.pk.S ?? '');
          return n === undefined ? {} : { Item: { ...Key, n: { N: n } } };
        },
      ),
      PutItem: operation<Item, object>(
        () => [{ action: 'dynamodb:PutItem', resource: arn }],
        ({ Item }, { account }) => {
          refuseOrCount();
          tallies(account).set(Item?.pk.S ?? '', Item?.n.N ?? '');
          return {};
        },
      ),
    },
  };
}

export const throttled = (): AwsError => new AwsError('ThrottlingException', 'Rate exceeded');
