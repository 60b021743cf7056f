import { parseEnvelope } from '../../shared/finding/envelope.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { sourceFor } from '../../shared/finding/registry.ts';
import type { Envelope } from '../../shared/finding/source.ts';
import { InvalidEvent } from '../../shared/platform/errors.ts';
import { indexPatterns, type PatternIndex } from '../../shared/rules/pattern/patternIndex.ts';
import type { Route } from '../explain/routes.ts';

/** A finding as it is put to its incident. */
export interface Delivered {
  readonly incident: string;
  readonly finding: Finding;
  /** See `contentHash`. */
  readonly hash: string;
  /** What of it may change without its saying anything else (`Source`). */
  readonly volatile: readonly string[];
}

/** What an event is before any rule is asked: the same whatever the rules say. */
export type Read =
  | { readonly kind: 'invalid'; readonly path: string; readonly reason: string }
  | { readonly kind: 'ignored'; readonly reason: string; readonly time: string }
  | { readonly kind: 'findings'; readonly findings: readonly Delivered[]; readonly time: string };

/** The way of an event to an intake, as the template has it. */
export const routesIndex = (routes: readonly Route[]): PatternIndex =>
  indexPatterns(routes.map(({ pattern }) => pattern));

const unrouted = 'No rule of the template routes it, so Firebreak never sees it.';
const nothingStands = 'It says what became of a resource, and a replay has changed nothing there.';

const isRouted = (routes: PatternIndex, event: unknown): boolean => {
  for (const _hit of routes.hits(event)) return true;
  return false;
};

function invalid({ path, message }: InvalidEvent): Read {
  return { kind: 'invalid', path, reason: message.includes(path) ? message : `${path}: ${message}` };
}

/** Production's own parser; what it calls invalid, production puts among the dead letters. */
export function readEvent(event: unknown, routes: PatternIndex): Read {
  try {
    const envelope = parseEnvelope(event);
    const read = findingsOf(envelope);
    if (read.kind !== 'invalid' && !isRouted(routes, event)) {
      return { kind: 'ignored', reason: unrouted, time: envelope.time };
    }
    return read;
  } catch (error) {
    if (error instanceof InvalidEvent) return invalid(error);
    throw error;
  }
}

function findingsOf(envelope: Envelope): Read {
  const { time } = envelope;
  const source = sourceFor(envelope);
  const reason = `no source reads "${envelope['detail-type']}" events of ${envelope.source}`;
  const parsed = source?.parse(envelope) ?? { kind: 'ignored' as const, reason };
  if (parsed.kind === 'ignored') return { kind: 'ignored', reason: parsed.reason, time };
  const volatile = source?.volatile ?? [];
  const accusing = parsed.findings.filter(({ says }) => says === undefined);
  if (parsed.findings.length === 0) return { kind: 'ignored', reason: 'the event names no finding', time };
  if (accusing.length === 0) return { kind: 'ignored', reason: nothingStands, time };
  return {
    kind: 'findings',
    time,
    findings: accusing.map((finding) => ({
      incident: incidentKey(finding),
      finding,
      hash: contentHash(finding, volatile),
      volatile,
    })),
  };
}
