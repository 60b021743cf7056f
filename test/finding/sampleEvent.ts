import { readFileSync } from 'node:fs';
import { parseEnvelope } from '../../shared/finding/envelope.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { parseEvent } from '../../shared/finding/registry.ts';
import type { ImageResource } from '../../shared/finding/resource.ts';
import type { Parsed } from '../../shared/finding/source.ts';

/** A sample event as plain JSON, to be changed one field at a time. */
export type Sample = { [key: string]: unknown; detail: { [key: string]: unknown } };

export const sampleEvent = (name: string): Sample =>
  JSON.parse(readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8')) as Sample;

export const scan = (detail: { [key: string]: unknown } = {}): Sample => {
  const event = sampleEvent('ecr-scan-critical');
  return { ...event, detail: { ...event.detail, ...detail } };
};

export const inspectorFinding = (detail: { [key: string]: unknown } = {}): Sample => {
  const event = sampleEvent('inspector-finding-exploited');
  return { ...event, detail: { ...event.detail, ...detail } };
};

export const parsed = (event: unknown): Parsed => parseEvent(parseEnvelope(event));

export function findingsOf(event: unknown): readonly Finding[] {
  const result = parsed(event);
  if (result.kind === 'ignored') throw new Error(`ignored: ${result.reason}`);
  return result.findings;
}

export function oneFinding(event: unknown): Finding {
  const [finding, ...more] = findingsOf(event);
  if (finding === undefined || more.length > 0) throw new Error(`expected one finding`);
  return finding;
}

/** The image that a finding is about. */
export function imageIn({ resource }: Finding): ImageResource {
  if (resource.kind !== 'image') throw new Error(`expected an image, not ${resource.kind}`);
  return resource;
}

export const oneImage = (event: unknown): ImageResource => imageIn(oneFinding(event));

export function reasonOf(event: unknown): string {
  const result = parsed(event);
  if (result.kind === 'findings') throw new Error('expected the event to be ignored');
  return result.reason;
}

/** The path that InvalidEvent names, or what came instead. */
export function invalidPath(act: () => unknown): string {
  try {
    return `no error: ${JSON.stringify(act())}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidEvent' && 'path' in error) return String(error.path);
    throw error;
  }
}
