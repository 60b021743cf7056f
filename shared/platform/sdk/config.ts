export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where a client calls and as whom; without credentials and endpoint, as the process's environment says. */
export interface AwsConfig {
  readonly region: string;
  readonly credentials?: AwsCredentials;
  readonly endpoint?: string;
}

/** The settings that every client gets: the SDK's standard retries, three attempts in all. */
export const clientConfig = ({ region, credentials, endpoint }: AwsConfig) => ({
  region,
  maxAttempts: 3,
  ...(credentials === undefined ? {} : { credentials }),
  ...(endpoint === undefined ? {} : { endpoint }),
});
