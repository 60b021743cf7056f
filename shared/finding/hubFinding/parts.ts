import { InvalidEvent } from '../../platform/errors.ts';
import { bounded, detailLength, titleLength } from '../bounds.ts';
import { parseDate } from '../dates.ts';
import type { Product, SeverityLabel, Threat, Vulnerability } from '../finding.ts';
import { textIn } from '../given.ts';
import { hundredths } from '../imageScan/vulnerability.ts';
import type { Fields } from '../read.ts';
import { type Severity, severityOf } from '../severity.ts';

/** What both formats say in the same way. */

/** ARNs and ids, as Security Hub bounds none of them. */
export const idLength = 2048;
/** As many as ASFF allows. */
export const mostResources = 32;

const workflows = new Map<string, Product['workflow']>([
  ['NEW', 'new'],
  ['NOTIFIED', 'notified'],
  // As OCSF calls it.
  ['INPROGRESS', 'notified'],
  ['RESOLVED', 'resolved'],
  ['SUPPRESSED', 'suppressed'],
]);

export const workflowOf = (word: string | null): Product['workflow'] =>
  workflows.get((word ?? '').toUpperCase().replaceAll(/[ _]/g, '')) ?? null;

export const labels = new Map<string, SeverityLabel>([
  ['CRITICAL', 'critical'],
  ['FATAL', 'critical'],
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['INFORMATIONAL', 'informational'],
]);

/** ASFF's bands of 0 to 100 ("Severity", Security Hub API reference). */
const labelOfNormalized = (normalized: number): SeverityLabel => {
  if (normalized >= 90) return 'critical';
  if (normalized >= 70) return 'high';
  if (normalized >= 40) return 'medium';
  return normalized >= 1 ? 'low' : 'informational';
};

/**
 * The label counts, because it is what people see and may correct there; the number where it lies within the label, else the lowest of
 * the label's band: GuardDuty's come with a number of the band below.
 * @param normalized 0 to 100
 */
export function severityFrom(word: string | null, normalized: number | null): Severity {
  const number = normalized !== null && normalized >= 0 && normalized <= 100 ? normalized : null;
  const label = labels.get((word ?? '').toUpperCase()) ?? (number === null ? 'unknown' : labelOfNormalized(number));
  if (number === null || labelOfNormalized(number) !== label) return severityOf(label);
  return { severity: number / 10, label };
}

export const dateIn = (from: Fields, key: string): string | null => parseDate(from[key]);

export const numberIn = (from: Fields, key: string): number | null => {
  const value = from[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** A number, also as a text. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' && /^\d{1,6}(\.\d{1,9})?$/.test(value) ? Number(value) : null;
}

export const within = (value: number | null, least: number, most: number): number | null =>
  value !== null && value >= least && value <= most ? value : null;

const cve = /\bCVE-\d{4}-\d{4,7}\b/i;

/** The first CVE that one of the texts names. */
export const cveIn = (texts: readonly (string | null)[]): string | null =>
  texts.flatMap((text) => cve.exec((text ?? '').slice(0, 1000))?.[0].toUpperCase() ?? [])[0] ?? null;

/** The worst of several, the same whatever order they come in. */
export function worstVulnerability(all: readonly Vulnerability[]): Vulnerability | null {
  const [worst = null] = all.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1) || (a.id < b.id ? -1 : 1));
  return worst;
}

/** As Inspector's own is kept. */
export const epssOf = (score: number | null): number | null => (score === null ? null : hundredths(score));

export const yesOrNo = (word: string | null): boolean | null => {
  const said = (word ?? '').toUpperCase();
  return said === 'YES' ? true : said === 'NO' ? false : null;
};

export function processOf(name: string | null, path: string | null, sha256: string | null): Threat['process'] {
  return name === null && path === null && sha256 === null ? null : { name, path, sha256 };
}

/** Of ASFF's types: what somebody does, against how something is, exposed data among it ("Types taxonomy for ASFF", Security Hub user guide). */
const ofSomebody = /^(TTPs|Effects|Unusual Behaviors)(\/(?!Data Exposure)|$)/;

export const speaksOfThreat = (types: readonly string[]): boolean => types.some((type) => ofSomebody.test(type));

const productArn =
  /^arn:aws(?:-[a-z]+)*:securityhub:[a-z0-9-]*:\d*:product\/([A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100})$/;

/** Company and product of an ARN of Security Hub; null for anything else. */
export const productIn = (arn: string): string | null => productArn.exec(arn)?.[1] ?? null;

export const titleOf = (from: Fields, keys: readonly string[], otherwise: string): string =>
  bounded(keys.flatMap((key) => textIn(from, key, titleLength) ?? [])[0] ?? otherwise, titleLength);

/** The fields that are texts, numbers or yes and no, as texts; many are left off: ASFF allows 50 (API reference, "AwsSecurityFinding"). */
export function flat(fields: Fields, prefix = ''): Fields {
  const texts = Object.entries(fields).flatMap(([key, value]): readonly (readonly [string, string])[] =>
    key.startsWith(prefix) && ['string', 'number', 'boolean'].includes(typeof value)
      ? [[key.slice(prefix.length), bounded(String(value), detailLength)]]
      : [],
  );
  return Object.assign(Object.create(null), Object.fromEntries(texts.slice(0, 200))) as Fields;
}

/** What is read, or null where it is not in the form that it must have. */
export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidEvent) return null;
    throw error;
  }
}
