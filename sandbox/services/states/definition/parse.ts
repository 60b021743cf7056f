import { AwsError } from '../../../account.ts';
import { graphProblems } from './graph.ts';
import { definitionSchema } from './schema.ts';
import type { Definition } from './types.ts';

/**
 * Checks a definition and gives it its type.
 * @throws AwsError InvalidDefinition with every problem and where it is
 */
export function parseDefinition(definition: unknown): Definition {
  const shape = definitionSchema.safeParse(definition);
  const problems = shape.success
    ? graphProblems(shape.data)
    : shape.error.issues.map(
        ({ message, path }) => `SCHEMA_VALIDATION_FAILED: ${message} at /${path.map(String).join('/')}`,
      );
  if (shape.success && problems.length === 0) return shape.data;
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${problems.join(', ')}'`);
}
