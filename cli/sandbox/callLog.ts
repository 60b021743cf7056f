import { openSync, writeSync } from 'node:fs';
import { type Account, followTrail, type TrailEntry } from '../../sandbox/account.ts';
import { printable, say } from '../output.ts';
import { UsageError } from '../usage.ts';

/** How AWS's services say that a caller may not, or is nobody. */
const DENIALS: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthFailure',
  'AuthorizationError',
  'AuthorizationHeaderMalformed',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'RequestExpired',
  'UnauthorizedOperation',
  'UnrecognizedClientException',
]);

const isDenied = ({ result }: TrailEntry): boolean => DENIALS.has(result);

/** For a person: when, what became of it, what on what, and who. Names are others' text, and stay on the line. */
export function callLine(call: TrailEntry): string {
  const outcome = call.result === 'ok' ? 'allowed' : `${isDenied(call) ? 'denied' : 'failed'} (${call.result})`;
  const text = `${outcome}  ${call.action} on ${call.resource} by ${call.principal}`;
  return `${new Date(call.at).toISOString()}  ${printable(text)}`;
}

/** One JSON object on one line, whatever a reader takes for the end of one. Its fields are those of `GET /_sandbox/trail`, and `denied`. */
export function callJson(call: TrailEntry): string {
  const json = JSON.stringify({ ...call, at: new Date(call.at).toISOString(), denied: isDenied(call) });
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => one.split('').map(escaped).join(''));
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Where calls are told: a line each, without its end. */
export type CallLog = (call: TrailEntry) => void;

/** `--log` alone: standard error, for a person; `--log FILE`: JSON Lines, added to the file. Throws UsageError. */
export function callLog(option: true | string): CallLog {
  if (option === true) return (call) => say(callLine(call));
  let file: number | undefined = opened(option);
  return (call) => {
    if (file === undefined) return;
    try {
      writeSync(file, `${callJson(call)}\n`);
    } catch (error) {
      // The account goes on without its log, and says so once.
      file = undefined;
      say(`firebreak: ${printable(option)} cannot be written any more (${reason(error)}): calls are no longer logged.`);
    }
  };
}

const reason = (error: unknown): string => printable(error instanceof Error ? error.message : String(error));

function opened(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (cause) {
    throw new UsageError(`The log ${path} cannot be opened for writing: ${reason(cause)}.`, { cause });
  }
}

/** Tells of every call so far, oldest first, and of each from here on as it ends. Answers with how to stop. */
export function logCalls(account: Account, log: CallLog): () => void {
  for (const call of account.trail) log(call);
  return followTrail(account, log);
}
