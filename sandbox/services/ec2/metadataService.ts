/** The instance metadata service (IMDS) of a host. */
export interface MetadataService {
  /** `required`: it answers nobody without a token (IMDSv2 alone). */
  readonly tokens: 'optional' | 'required';
  readonly endpoint: 'enabled' | 'disabled';
  readonly hopLimit: number;
  /** How often a day something on the host asks without a token. */
  readonly withoutTokenPerDay: number;
  /** When what was changed last is in force. */
  readonly appliedAt?: number;
}
