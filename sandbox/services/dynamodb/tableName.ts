import type { Account, Needed } from '../../account.ts';

/** A table is named by its name or its ARN. */
export const tableName = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;

export const tableArn = (account: Account, nameOrArn: string | undefined): string =>
  `arn:aws:dynamodb:${account.region}:${account.id}:table/${tableName(nameOrArn ?? '')}`;

/** What IAM is asked about where an index may be read: the index, and then not its table. */
export function tableOrIndexArn(account: Account, table: string | undefined, index: string | undefined): string {
  const arn = tableArn(account, table);
  return index === undefined ? arn : `${arn}/index/${index}`;
}

/** What IAM is asked for an operation on one table. */
export const onTable =
  (action: string) =>
  (input: { readonly TableName?: string | undefined }, account: Account): readonly Needed[] => [
    { action: `dynamodb:${action}`, resource: tableArn(account, input.TableName) },
  ];
