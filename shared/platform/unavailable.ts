/** Node's codes and the SDK's names for a connection that broke or never came about. */
const broken = new Set(['AbortError', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'TimeoutError']);

interface SdkShape {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether AWS did not answer, or with a fault of its own: by name, code and status, never by message text. */
export function isUnavailable(error: unknown): boolean {
  if (error === null || typeof error !== 'object') return false;
  const { name, code, $fault, $metadata } = error as SdkShape;
  if ([name, code].some((word) => typeof word === 'string' && broken.has(word))) return true;
  return $fault === 'server' || ($metadata?.httpStatusCode ?? 0) >= 500;
}
