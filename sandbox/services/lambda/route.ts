import type { Operation, RestRequest } from '../../account.ts';

/** One operation of the Lambda API with the request that means it. */
export interface LambdaOperation {
  readonly name: string;
  readonly method: string;
  /** Path; its named groups are handed to `input`, decoded. */
  readonly path: RegExp;
  readonly input: (path: Readonly<Record<string, string>>, request: RestRequest) => unknown;
  readonly operation: Operation;
}

/** Finds the operation that a request means. */
export function routeTo(operations: readonly LambdaOperation[], request: RestRequest) {
  for (const { name, method, path, input } of operations) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (!match) continue;
    const groups = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return { operation: name, input: input(Object.fromEntries(groups), request) };
  }
  return undefined;
}
