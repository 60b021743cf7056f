import { type Account, AwsError } from '../../../account.ts';
import { invalid } from '../limits.ts';
import { commands, type StoredCommand } from './state.ts';

/** Throws AwsError ValidationException for an id that is none. */
export function checkCommandId(id: string | undefined): string {
  if (id === undefined) throw invalid('commandId', 'Member must not be null');
  if (id.length !== 36) throw invalid('commandId', 'Member must have length equal to 36');
  return id;
}

/** Throws AwsError InvalidCommandId. */
export function commandNamed(account: Account, id: string | undefined): StoredCommand {
  const found = commands(account).get(checkCommandId(id));
  if (found !== undefined) return found;
  throw new AwsError('InvalidCommandId', 'The specified command ID is not valid. Verify the ID and try again.');
}

/** All of them, or the one that is named; newest first. */
export const commandsNamed = (account: Account, id: string | undefined): readonly StoredCommand[] =>
  id === undefined ? [...commands(account).values()].reverse() : [commandNamed(account, id)];
