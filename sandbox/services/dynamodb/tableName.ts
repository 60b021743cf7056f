import type { Account, Needed } from '../../account.ts';

/** A table is named by its name or its ARN. */
export const tableName = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;

export const tableArn = (account: Account, nameOrArn: string | undefined): string =>
  `arn:aws:dynamodb:${account.region}:${account.id}:table/${tableName(nameOrArn ?? '')}`;

/** What IAM is asked for an operation on one table. */
export const onTable =
  (action: string) =>
  (input: { readonly TableName?: string | undefined }, account: Account): readonly Needed[] => [
    { action: `dynamodb:${action}`, resource: tableArn(account, input.TableName) },
  ];
