import { ActionFailed, TargetGone, Throttled } from '../platform/errors.ts';
import { isThrottling } from '../platform/throttling.ts';
import { isUnavailable } from '../platform/unavailable.ts';

/** What an answer of AWS means for what we do next. */
type FailureKind = 'throttled' | 'unavailable' | 'denied' | 'gone' | 'refused';

export interface AwsFailure {
  readonly kind: FailureKind;
  /** The error's name, as AWS gave it. */
  readonly name: string;
  readonly message: string;
}

// Services share no names, so these lists are of those that the services we call answer with.
const denials = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'Forbidden',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'RequestExpired',
  'Unauthorized',
  'UnauthorizedOperation',
  'UnrecognizedClientException',
]);
const absences = new Set([
  'ClusterNotFoundException',
  'ImageNotFoundException',
  'InvalidGroup.NotFound',
  'InvalidInstanceID.NotFound',
  'NoSuchEntityException',
  'NotFound',
  'RepositoryNotFoundException',
  'ResourceNotFoundException',
  'ServiceNotFoundException',
  'WAFNonexistentItemException',
]);

interface SdkShape {
  readonly $fault?: unknown;
  readonly $metadata?: unknown;
}

/** Reads an error as an answer of AWS. `null` for anything else: a fault of our own, which nobody may swallow. */
export function failureOf(error: unknown): AwsFailure | null {
  if (!(error instanceof Error)) return null;
  const sdk = error as SdkShape;
  const kind = isThrottling(error) ? 'throttled' : kindOf(error.name, sdk);
  return kind === null ? null : { kind, name: error.name, message: error.message };
}

function kindOf(name: string, sdk: SdkShape): FailureKind | null {
  if (isUnavailable(sdk)) return 'unavailable';
  if (sdk.$metadata === undefined && sdk.$fault === undefined) return null;
  if (denials.has(name)) return 'denied';
  return absences.has(name) ? 'gone' : 'refused';
}

const meaning: Readonly<Record<FailureKind, string>> = {
  throttled: 'AWS asked us to slow down',
  unavailable: 'AWS did not answer',
  denied: 'access denied',
  gone: 'not there any more',
  refused: 'AWS refused',
};

/** Whether the same call may be answered a little later: a throttle, a fault of AWS, the network. */
export const mayPass = ({ kind }: AwsFailure): boolean => kind === 'throttled' || kind === 'unavailable';

/** `access denied (AccessDeniedException)`: for people, without the message, which may carry names from outside. */
export const whyOf = (failure: AwsFailure): string => `${meaning[failure.kind]} (${failure.name})`;

/** Makes a call; what AWS refuses with one of these names is as good as done. */
export async function unlessRefused(names: readonly string[], call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!names.includes(failureOf(error)?.name ?? '')) throw error;
  }
}

/**
 * The named error for a call that failed: Throttled for what may pass (throttles, faults of AWS, the network), TargetGone
 * for what is not there, ActionFailed for the rest; a fault of our own is handed back as it is.
 * @param doing what was being done, as the beginning of a sentence: `Archiving x@sha256:…`
 */
export function namedFailure(error: unknown, doing: string): unknown {
  const failure = failureOf(error);
  if (failure === null) return error;
  const detail = { cause: error, evidence: { name: failure.name, message: failure.message } };
  const text = `${doing}: ${whyOf(failure)}`;
  if (mayPass(failure)) return new Throttled(text, detail);
  if (failure.kind !== 'gone') return new ActionFailed(text, detail);
  return new TargetGone(text, detail);
}
