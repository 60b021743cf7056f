import type { Action } from './contract.ts';
import { evidenceCapture } from './evidenceCapture.ts';
import { quarantineImage } from './quarantineImage.ts';

/** Every action, one line each. */
export const catalogue: readonly Action[] = [evidenceCapture, quarantineImage];

export const actionNamed = (name: string): Action | undefined => catalogue.find((action) => action.name === name);
