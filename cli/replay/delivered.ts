import { parseEnvelope } from '../../shared/finding/envelope.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { sourceFor } from '../../shared/finding/registry.ts';
import type { Envelope } from '../../shared/finding/source.ts';
import { InvalidEvent } from '../../shared/platform/errors.ts';
import { indexPatterns, type PatternIndex } from '../../shared/rules/pattern/patternIndex.ts';
import type { Route } from '../explain/routes.ts';
import { Statements } from './statements.ts';

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

const unrouted = 'No rule of the template routes it, so Firebreak never sees it.';
const nothingStands = 'It says what became of a resource, and a replay has changed nothing there.';
const noFinding = 'the event names no finding';

function invalid({ path, message }: InvalidEvent): Read {
  return { kind: 'invalid', path, reason: message.includes(path) ? message : `${path}: ${message}` };
}

/** What comes before any rule: production's own parser, and the ways that the template has from the bus to an intake. */
export class Reader {
  readonly #routes: PatternIndex;
  readonly #statements = new Statements();

  constructor(routes: readonly Route[]) {
    this.#routes = indexPatterns(routes.map(({ pattern }) => pattern));
  }

  /** What production calls invalid, it puts among the dead letters. */
  read(event: unknown): Read {
    try {
      const envelope = parseEnvelope(event);
      const read = this.#findingsOf(envelope);
      return this.#isRouted(event) ? read : { kind: 'ignored', reason: unrouted, time: envelope.time };
    } catch (error) {
      if (error instanceof InvalidEvent) return invalid(error);
      throw error;
    }
  }

  #isRouted(event: unknown): boolean {
    for (const _hit of this.#routes.hits(event)) return true;
    return false;
  }

  #findingsOf(envelope: Envelope): Read {
    const { time } = envelope;
    const source = sourceFor(envelope);
    if (source === undefined) {
      const reason = `no source reads "${envelope['detail-type']}" events of ${envelope.source}`;
      return { kind: 'ignored', reason, time };
    }
    const parsed = source.parse(envelope);
    if (parsed.kind === 'ignored') return { kind: 'ignored', reason: parsed.reason, time };
    const findings: Delivered[] = [];
    const { volatile } = source;
    for (const finding of parsed.findings) {
      if (finding.says !== undefined) continue;
      const hash = this.#statements.hashOf(finding, volatile);
      findings.push({ incident: incidentKey(finding), finding, hash, volatile });
    }
    if (findings.length > 0) return { kind: 'findings', findings, time };
    return { kind: 'ignored', reason: parsed.findings.length === 0 ? noFinding : nothingStands, time };
  }
}
