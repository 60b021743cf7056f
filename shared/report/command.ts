import { ascii, shellWord } from './text.ts';

/**
 * What a person types about an incident. The stage is always said: the command's own default is `dev`. A key of which a part is not
 * printable is cut there: what an attacker wrote must not write a line of ours, and a part of the key finds it.
 */
export const commandFor = (
  command: 'undo' | 'contain' | 'approve' | 'reject' | 'acknowledge' | 'keep' | 'extend' | 'release' | 'incidents show',
  incident: string,
  stage: string,
): string => `firebreak ${command} ${shellWord(printable(incident))} --stage ${shellWord(stage)}`;

function printable(incident: string): string {
  const sound = /^[\x21-\x7e]*/.exec(incident)?.[0] ?? '';
  return sound === incident ? incident : ascii(sound, sound.length);
}
