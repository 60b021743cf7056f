import * as z from 'zod';
import type { JsonObject } from '../../../../shared/platform/json.ts';
import { intrinsicOf } from '../intrinsic/evaluate.ts';
import { type Path, parsePath } from '../path/parse.ts';
import { templateProblems } from '../template/check.ts';

/** A string whose form `check` accepts, or says what is wrong. */
const checked = (check: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    let problem: string | undefined;
    try {
      problem = check(text);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

const isReference = ({ definite, root }: Path): boolean => definite && root === 'input';

/** Any path: into the input or the context object. */
export const path = checked((text) => (parsePath(text) ? undefined : 'must be a path'));

/** A path that names one place in the input. */
export const referencePath = checked((text) =>
  isReference(parsePath(text)) ? undefined : 'must be a reference path: names and indexes only, beginning with $',
);

/** ErrorPath and CausePath take an intrinsic function, too. */
export const pathOrIntrinsic = checked((text) => {
  if (text.startsWith('$')) parsePath(text);
  else intrinsicOf(text);
  return undefined;
});

/** Parameters, ResultSelector, ItemSelector. */
export const template = z
  .custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .superRefine((value, context) => {
    for (const { path: at, message } of templateProblems(value)) {
      context.addIssue({ code: 'custom', path: [...at], message });
    }
  });
