import type { Finding } from '../../shared/finding/finding.ts';
import { InvalidEvent } from '../../shared/platform/errors.ts';
import { changedAt, type Place } from './changedEvent.ts';
import { parsed, type Sample } from './sampleEvent.ts';

/** The event with something else at a place of its detail; undefined takes the place away. */
export const withAt = (event: Sample, place: Place, value: unknown): Sample => ({
  ...event,
  detail: changedAt(event.detail, place, value),
});

/** The findings, or the path at which the event is invalid; any other error fails the test. */
export function read(event: Sample): readonly Finding[] | string {
  try {
    const result = parsed(event);
    return result.kind === 'findings' ? result.findings : [];
  } catch (error) {
    if (error instanceof InvalidEvent) return error.path;
    throw error;
  }
}

/** What an attacker, or a person who tests us, may write anywhere. */
export const hostileTexts = [
  '*',
  'a*',
  '\u0000',
  '\ud800',
  '${x}',
  '../..',
  'x'.repeat(100_000),
  '{"sample":true}',
] as const;
