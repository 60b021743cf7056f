import { shellWord } from './text.ts';

/** What a person types about an incident. The stage is always said: the command's own default is `dev`. */
export const commandFor = (command: 'undo' | 'incidents show', incident: string, stage: string): string =>
  `firebreak ${command} ${shellWord(incident)} --stage ${shellWord(stage)}`;
