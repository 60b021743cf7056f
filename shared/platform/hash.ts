import { hash } from 'node:crypto';

export const sha256Hex = (text: string | Uint8Array): string => hash('sha256', text, 'hex');
