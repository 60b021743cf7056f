/** Why a delivery failed, in EventBridge's own error codes. */
export interface Failure {
  readonly code:
    | 'NO_PERMISSIONS'
    | 'NO_RESOURCE'
    | 'INVALID_JSON'
    | 'INVALID_PARAMETER'
    | 'THROTTLING'
    | 'ERROR_FROM_TARGET';
  readonly message: string;
  /** What trying again cannot mend goes to the dead-letter queue at once. */
  readonly retry: boolean;
}
