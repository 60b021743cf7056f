import { createHash } from 'node:crypto';
import type { Random } from '../../sandbox/kernel/random.ts';

/** A company that does not grow during the month: what happens to it is drawn, what it has is fixed. */
export const account = '123456789012';
export const region = 'us-east-1';
export const monthStartMs = Date.parse('2026-10-01T00:00:00.000Z');
export const monthMs = 30 * 86_400_000;

/** The same text for the same words, as long as a digest, a task's id or a UUID needs. */
export const hex = (length: number, ...words: readonly (string | number)[]): string =>
  createHash('sha256').update(words.join('/')).digest('hex').slice(0, length);

export interface Image {
  readonly repository: string;
  readonly digest: string;
  readonly tag: string;
}

export interface Weakness {
  readonly image: Image;
  readonly id: string;
  readonly severity: 'CRITICAL' | 'HIGH' | 'MEDIUM';
  readonly score: number;
  readonly exploited: boolean;
  readonly fixed: boolean;
  readonly epss: number;
}

/** Somebody at work in a service, for some hours. */
export interface Attack {
  readonly service: string;
  readonly image: Image;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly task: string;
  readonly types: readonly string[];
  readonly severity: number;
}

export interface Fleet {
  readonly images: readonly Image[];
  readonly weaknesses: readonly Weakness[];
  readonly attacks: readonly Attack[];
  readonly hosts: readonly string[];
  /** `family:revision`. */
  readonly definitions: readonly string[];
}

const teams = ['payments', 'search', 'identity', 'media', 'billing', 'logistics'] as const;
const threatTypes = [
  ['Impact:Runtime/CryptoMinerExecuted', 8],
  ['Execution:Runtime/ReverseShell', 8],
  ['CryptoCurrency:Runtime/BitcoinTool.B', 5],
  ['PrivilegeEscalation:Runtime/DockerSocketAccessed', 5],
  ['DefenseEvasion:Runtime/FilelessExecution', 5],
  ['Execution:ECS/MaliciousFile', 8],
  ['Discovery:Runtime/SuspiciousCommand', 2],
] as const;

export const picked = <T>(from: readonly T[], random: Random): T => {
  const one = from[Math.floor(random.next() * from.length)];
  if (one === undefined) throw new Error('Nothing to pick from');
  return one;
};

function imagesOf(): readonly Image[] {
  return Array.from({ length: 80 }, (_, n) => {
    const repository = `${teams[n % teams.length]}/service-${String(n).padStart(2, '0')}`;
    return [1, 2].map((version) => ({
      repository,
      digest: `sha256:${hex(64, 'image', repository, version)}`,
      tag: `1.${version}.0`,
    }));
  }).flat();
}

const severities = ['CRITICAL', 'HIGH', 'HIGH', 'MEDIUM', 'MEDIUM', 'MEDIUM'] as const;
const scores = { CRITICAL: 9.8, HIGH: 8.1, MEDIUM: 5.4 } as const;

const weaknessesOf = (image: Image, random: Random): readonly Weakness[] =>
  Array.from({ length: 25 }, (_, n) => {
    const severity = picked(severities, random);
    return {
      image,
      id: `CVE-2026-${10_000 + Math.floor(random.next() * 5_000)}`,
      severity,
      score: scores[severity],
      exploited: random.next() < 0.02,
      fixed: random.next() < 0.7,
      epss: Math.round(random.next() ** 4 * 100_000 + n) / 100_000,
    };
  });

function attackOf(n: number, images: readonly Image[], random: Random): Attack {
  const image = picked(images, random);
  const fromMs = monthStartMs + Math.floor(random.next() * monthMs);
  const [type, severity] = picked(threatTypes, random);
  const [also] = picked(threatTypes, random);
  return {
    image,
    service: image.repository.split('/')[1] ?? image.repository,
    fromMs,
    untilMs: fromMs + (1 + Math.floor(random.next() * 8)) * 3_600_000,
    task: hex(32, 'task', n),
    types: type === also ? [type] : [type, also],
    severity,
  };
}

export function fleetOf(random: Random): Fleet {
  const images = imagesOf();
  return {
    images,
    weaknesses: images.flatMap((image) => weaknessesOf(image, random)),
    attacks: Array.from({ length: 90 }, (_, n) => attackOf(n, images, random)),
    hosts: Array.from({ length: 40 }, (_, n) => `i-${hex(17, 'host', n)}`),
    definitions: images.slice(0, 60).map(({ repository }, n) => `${repository.split('/')[1]}:${(n % 9) + 1}`),
  };
}
