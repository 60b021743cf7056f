import { bounded, detailLength } from './bounds.ts';
import type { Fields } from './read.ts';

/**
 * Reading what a finding may lack without becoming meaningless. GuardDuty leaves fields out, writes null in their place, and changes
 * details from one version to the next: what is not there in the form that we know is absent, and nothing fails.
 */
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object within another; empty when it is absent. */
export function fieldsIn(from: Fields, key: string): Fields {
  const value = from[key];
  return isFields(value) ? value : {};
}

/** The objects of a list; none when it is absent. What else is in the list is left out. */
export function listIn(from: Fields, key: string): readonly Fields[] {
  const value = from[key];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** A text, cut to `max`; null when it is absent or empty. */
export function textIn(from: Fields, key: string, max: number = detailLength): string | null {
  const value = from[key];
  return typeof value === 'string' && value !== '' ? bounded(value, max) : null;
}

/** The texts of a list. */
export function textsIn(from: Fields, key: string): readonly string[] {
  const value = from[key];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : [];
}
