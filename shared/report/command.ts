import { incidentHash } from '../incident/keys.ts';
import { shellWord } from './text.ts';

/**
 * What a person types about an incident. The stage is always said: the command's own default is `dev`. A key of which a part is not
 * printable is named by its hash: what an attacker wrote must not write a line of ours, and a part of the key may be the whole of another's.
 */
export const commandFor = (
  command: 'undo' | 'contain' | 'approve' | 'reject' | 'acknowledge' | 'keep' | 'extend' | 'release' | 'incidents show',
  incident: string,
  stage: string,
): string => `firebreak ${command} ${shellWord(printable(incident))} --stage ${shellWord(stage)}`;

const printable = (incident: string): string => (/^[\x20-\x7e]*$/.test(incident) ? incident : incidentHash(incident));
