import { createHash } from 'node:crypto';
import type { Account } from '../../account.ts';
import { element } from './xml.ts';

/** The account's canonical user id, 64 hexadecimal digits: a hash of the account's id, because S3 does not say how it is made. */
export const ownerOf = (account: Account): string =>
  `<Owner>${element('ID', createHash('sha256').update(account.id).digest('hex'))}</Owner>`;
