import { isMet } from './evaluate.ts';
import { parse } from './parse.ts';

/**
 * What a filter pattern in braces lets through: events that are JSON objects or arrays and meet its condition (user guide, "Filter and Pattern Syntax").
 * Throws AwsError InvalidParameterException.
 */
export function jsonFilter(pattern: string): (message: string) => boolean {
  const condition = parse(pattern);
  return (message) => {
    const event = read(message);
    return event !== undefined && isMet(condition, event);
  };
}

/** Undefined: it is no JSON, or not one that a selector leads into. */
function read(message: string): object | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
