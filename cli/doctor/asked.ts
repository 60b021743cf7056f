import { throttled } from '../../shared/platform/throttling.ts';
import { isDenied } from '../stageRefusal.ts';

/** The command's credentials lack a permission. */
export class NotAllowed extends Error {
  readonly permission: string;

  constructor(permission: string, cause: unknown) {
    super(`${permission} is not allowed`, { cause });
    this.name = 'NotAllowed';
    this.permission = permission;
  }
}

/** Makes a call, or several, that need one permission (`guardduty:ListDetectors`). Throws NotAllowed where that is refused, else what the call throws. */
export async function asked<T>(permission: string, call: () => Promise<T>): Promise<T> {
  try {
    return await throttled(call);
  } catch (cause) {
    throw isDenied(cause) ? new NotAllowed(permission, cause) : cause;
  }
}

/** The same, where an answer of these names means that what is asked for is not there. */
export async function askedFor<T>(
  permission: string,
  absent: readonly string[],
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await asked(permission, call);
  } catch (error) {
    if (error instanceof Error && absent.includes(error.name)) return undefined;
    throw error;
  }
}
