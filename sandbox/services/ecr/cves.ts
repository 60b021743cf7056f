import { createHash } from 'node:crypto';
import type { FindingSeverity, ImageScanFinding } from '@aws-sdk/client-ecr';
import type { StoredImage } from './state.ts';

/** As ECR sorts them: the worst first. */
const severities: readonly FindingSeverity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED'];

/** Made-up packages; which one it is follows from the finding's number. */
const packages = ['openssl', 'zlib', 'busybox', 'curl', 'expat', 'libxml2', 'sqlite', 'ncurses'];

/**
 * One finding for each that the image's counts count, the same every time. The CVEs are made up, of the year 1900, in which none was
 * given out: whoever looks one up learns that it is not real. None has a link (`uri`): it would lead to another's site, where nothing is.
 */
export function findingsOf({ digest, scan = {} }: StoredImage): readonly ImageScanFinding[] {
  const start = Number.parseInt(createHash('sha256').update(digest).digest('hex').slice(0, 6), 16) % 90_000;
  const all = severities.flatMap((severity) => Array.from({ length: scan[severity] ?? 0 }, () => severity));
  return all.map((severity, at) => finding(severity, start + at));
}

function finding(severity: FindingSeverity, number: number): ImageScanFinding {
  const packageName = packages[number % packages.length] ?? 'openssl';
  return {
    name: `CVE-1900-${10_000 + number}`,
    description: `A made-up vulnerability of ${packageName}.`,
    severity,
    attributes: [
      { key: 'package_name', value: packageName },
      { key: 'package_version', value: `1.${number % 20}.${number % 7}` },
    ],
  };
}
