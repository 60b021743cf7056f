import { intrinsicOf } from '../intrinsic/evaluate.ts';
import { parsePath } from '../path/parse.ts';

export interface TemplateProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What is wrong with a payload template: every member ending in `.$` must be a path or an intrinsic function. */
export function templateProblems(template: unknown, path: readonly (string | number)[] = []): TemplateProblem[] {
  if (Array.isArray(template)) return template.flatMap((item, index) => templateProblems(item, [...path, index]));
  if (typeof template !== 'object' || template === null) return [];
  return Object.entries(template).flatMap(([name, value]: [string, unknown]) => {
    if (!name.endsWith('.$')) return templateProblems(value, [...path, name]);
    const message = expressionProblem(value);
    return message === undefined ? [] : [{ path: [...path, name], message }];
  });
}

function expressionProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string: a path or an intrinsic function';
  try {
    if (value.startsWith('$')) parsePath(value);
    else intrinsicOf(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
