import * as z from 'zod';
import { complaintsOf } from '../../shared/rules/complaints.ts';
import type { Misfit, Path } from './misfit.ts';

type Issue = z.core.$ZodIssue;

/** What a value must be, by the name that zod has for it, and how YAML writes that. */
const wanted: { readonly [expected: string]: string } = {
  string: 'must be text; put it in quotes',
  number: 'must be a number; write it without quotes',
  int: 'must be a whole number; write it without quotes',
  boolean: 'must be true or false; write it without quotes',
  array: 'must be a list; begin each of its entries with "- "',
  object: 'must be a map; write "key: value" on the lines below it',
  record: 'must be a map; write "key: value" on the lines below it',
};

/**
 * What a schema found in a value (asked with `reportInput`), in the words of somebody who writes YAML.
 * @param base path of the value in the file
 */
export function misshapen(error: z.ZodError, schema: unknown, base: Path = []): readonly Misfit[] {
  const all = error.issues.flatMap((issue) => misfitsOf(issue, schema));
  // A key that was mistyped is missing, too: that is one mistake.
  const mistyped = new Set(all.flatMap(({ meant }) => meant ?? []));
  return all
    .filter(({ path, isMissing }) => !(isMissing && mistyped.has(JSON.stringify(path))))
    .map(({ path, message }) => ({ path: [...base, ...path], message }));
}

interface Found extends Misfit {
  /** The path that an unknown key probably stands for, as JSON. */
  readonly meant?: string;
  readonly isMissing?: boolean;
}

function misfitsOf(issue: Issue, schema: unknown): readonly Found[] {
  const path = issue.path as Path;
  if (issue.input === null) return [{ path, message: 'has no value; give it one or take it out' }];
  if (issue.code === 'invalid_union' && issue.input !== undefined) return misfitsOfUnion(issue, schema);
  if (issue.code === 'unrecognized_keys') {
    return complaintsOf(new z.ZodError([issue]), '', schema).map(({ message, suggestion = '' }, at) => {
      const meant = /^did you mean "(.*)"\?$/.exec(suggestion)?.[1];
      return {
        path: [...path, issue.keys[at] ?? ''],
        message: `${message}; ${suggestion}`,
        ...(meant === undefined ? {} : { meant: JSON.stringify([...path, meant]) }),
      };
    });
  }
  const own = issue.input === undefined ? undefined : inYaml(issue);
  if (own !== undefined) return [{ path, message: own }];
  return complaintsOf(new z.ZodError([issue]), '', schema).map(({ code, message, suggestion = '' }) => ({
    path,
    message: `${message}${code === 'missing' ? '; add it here' : suggestion === '' ? '' : `; ${suggestion}`}`,
    isMissing: code === 'missing',
  }));
}

/** Of the forms that a value may have, what is wrong with the one that it has; else which there are. */
function misfitsOfUnion(issue: z.core.$ZodIssueInvalidUnion, schema: unknown): readonly Found[] {
  const isOfForm = (issues: readonly Issue[]): boolean =>
    issues.every(({ path, code }) => path.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value'));
  const inner = issue.errors.find(isOfForm);
  if (inner === undefined) {
    const forms = issue.errors.flatMap(([first]) => (first === undefined ? [] : formOf(first)));
    return [{ path: issue.path as Path, message: `must be ${forms.join(' or ')}` }];
  }
  return inner.flatMap((each) => misfitsOf({ ...each, path: [...issue.path, ...each.path] }, schema));
}

function formOf(issue: Issue): string {
  if (issue.code === 'invalid_value') return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  if (issue.code !== 'invalid_type') return issue.message;
  return { string: 'text', array: 'a list', object: 'a map' }[String(issue.expected)] ?? `a ${issue.expected}`;
}

/** Own words for what has no message of its own in the schema. */
function inYaml(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    const isNested = issue.expected === 'string' && typeof issue.input === 'object';
    return isNested ? 'must be text; write one word or sentence, no list or map' : wanted[issue.expected];
  }
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) {
    if (issue.origin === 'string') return 'must not be empty; write it';
    return issue.inclusive ? `must be at least ${issue.minimum}` : `must be above ${issue.minimum}`;
  }
  if (issue.code === 'too_big' && issue.message.startsWith('Too big')) return `must be at most ${issue.maximum}`;
  return undefined;
}
