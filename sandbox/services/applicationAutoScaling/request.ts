import { ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';
import { AwsError } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';
import { DIMENSION } from './scale.ts';

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** Throws AwsError ValidationException where a member that AWS requires is missing. */
export function required(member: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw invalid(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

interface Scope {
  readonly ServiceNamespace?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly ScalableDimension?: string | undefined;
}

/** Throws AwsError ValidationException for a namespace that AWS does not have. */
export function checkedNamespace(given: string | undefined): string {
  const namespace = required('serviceNamespace', given);
  const known: readonly string[] = Object.values(ServiceNamespace);
  if (known.includes(namespace)) return namespace;
  throw invalid(
    `1 validation error detected: Value '${namespace}' at 'serviceNamespace' failed to satisfy constraint: Member must satisfy enum value set: [${known.join(', ')}]`,
  );
}

/** Whether something of ECS is among what a Describe call asks for. Throws AwsError ValidationException. */
export function asksFor(input: Scope): (resourceId: string) => boolean {
  const { ResourceId, ScalableDimension } = input;
  const namespace = checkedNamespace(input.ServiceNamespace);
  if (ScalableDimension !== undefined && ResourceId === undefined) {
    throw invalid('If you specify a scalable dimension, you must also specify a resource ID');
  }
  const isEcs = namespace === 'ecs' && (ScalableDimension === undefined || ScalableDimension === DIMENSION);
  return (resourceId) => isEcs && (ResourceId === undefined || ResourceId === resourceId);
}

interface Paged {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** One page of 1 to 50, 50 unless asked otherwise. Throws AwsError ValidationException or InvalidNextTokenException. */
export function page<T>(items: readonly T[], { MaxResults, NextToken }: Paged): { items: T[]; NextToken?: string } {
  const size = pageSize(MaxResults, 50, 50, 'ValidationException');
  const { items: some, nextToken } = pageOf(items, size, NextToken, 'InvalidNextTokenException');
  return { items: [...some], ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

/** Throws AwsError ValidationException for more names than one call takes. */
export function upTo50(member: string, names: readonly string[] | undefined): readonly string[] | undefined {
  if (names === undefined || names.length <= 50) return names;
  throw invalid(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to 50`,
  );
}
