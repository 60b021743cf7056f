import { slice } from '../../account.ts';

/** What Inspector may scan, as its API names it. */
export const SCANNED_TYPES = ['ec2', 'ecr', 'lambda', 'lambdaCode', 'codeRepository'] as const;
export type ScannedType = (typeof SCANNED_TYPES)[number];

/** What Inspector scans in this account; nothing: it is off. */
export const inspector = slice('inspector2', (): { scans: readonly ScannedType[] } => ({ scans: [] }));
