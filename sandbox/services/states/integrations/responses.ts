import type { Json, JsonObject } from '../../../../shared/platform/json.ts';
import { AwsError } from '../../../account.ts';
import { StateFailure } from '../failure.ts';

/** What every service integration adds to its result. */
export const sdkMetadata = (requestId: string): JsonObject => ({
  SdkHttpMetadata: { HttpStatusCode: 200 },
  SdkResponseMetadata: { RequestId: requestId },
});

/** One argument of a call; undefined when it is not a text. */
export function textArgument(args: Json, name: string): string | undefined {
  const value = args !== null && typeof args === 'object' ? (args as JsonObject)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * The failure that Step Functions makes of a refused call: the service's prefix and the error's class name.
 * @param unmodelled the class that stands for codes which the service's API does not list
 */
export function serviceFailure(error: unknown, prefix: string, unmodelled: ReadonlyMap<string, string>): unknown {
  if (!(error instanceof AwsError)) return error;
  const name = error.code.endsWith('Exception') ? error.code : `${error.code}Exception`;
  return new StateFailure(
    `${prefix}.${unmodelled.get(error.code) ?? name}`,
    `${error.message} (Service: ${prefix}; Status Code: ${error.status}; Error Code: ${error.code})`,
  );
}
