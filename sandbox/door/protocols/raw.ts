import type { RestOutput } from '../../account.ts';
import type { Answer } from './protocol.ts';

const MEMBERS = new Set(['status', 'headers', 'body']);

/** The answer that an operation has laid out itself, or undefined when its output is an ordinary structure. */
export function rawOutput(output: unknown): Answer | undefined {
  if (output === null || typeof output !== 'object' || !isRaw(output)) return undefined;
  return { status: output.status ?? 200, headers: output.headers ?? {}, body: output.body ?? '' };
}

function isRaw(output: object): output is RestOutput {
  const names = Object.keys(output);
  if (names.length === 0 || !names.every((name) => MEMBERS.has(name))) return false;
  const { status, body } = output as { status?: unknown; body?: unknown };
  const statusFits = status === undefined || typeof status === 'number';
  return statusFits && (body === undefined || typeof body === 'string' || body instanceof Uint8Array);
}
