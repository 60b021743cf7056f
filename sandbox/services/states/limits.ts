/** Quotas of a Standard workflow (Step Functions developer guide, "Service quotas"). */

/** Bytes of UTF-8 in any input, output or result. */
export const MAX_PAYLOAD_BYTES = 262_144;
/** Events of one execution, the last one being its end. */
export const MAX_HISTORY_EVENTS = 25_000;
/** A closed execution's name can be used again after this. */
export const NAME_REUSE_MS = 90 * 24 * 3600 * 1000;
/** An inline Map runs at most this many iterations at once, even with MaxConcurrency 0. */
export const MAX_INLINE_CONCURRENCY = 40;
/** The status event leaves out input or output whose escaped text is longer. */
export const MAX_EVENT_PAYLOAD_BYTES = 248 * 1024;
export const MAX_TOKEN_LENGTH = 2_048;
export const MAX_ERROR_LENGTH = 256;
export const MAX_CAUSE_LENGTH = 32_768;

export const utf8Bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
