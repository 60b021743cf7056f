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

/**
 * A call that is not answered is given up and tried again: left alone, the SDK waits for ever, and one lost answer would take its function
 * to the end of its time. Longer than any call here takes; three of them fit into a step.
 */
const patience = { connectionTimeout: 5000, requestTimeout: 15_000, throwOnRequestTimeout: true } as const;

/** The settings that every client gets: the SDK's standard retries, three attempts in all. */
export const clientConfig = ({ region, credentials, endpoint }: AwsConfig) => ({
  region,
  maxAttempts: 3,
  requestHandler: patience,
  ...(credentials === undefined ? {} : { credentials }),
  ...(endpoint === undefined ? {} : { endpoint }),
});

/**
 * Whether calls go to one endpoint that somebody names, and not to AWS's own of each service. The SDK puts a word before the host of some calls
 * (`data-signer.REGION…`), and would put it before an IP address.
 */
export const isEndpointGiven = ({ endpoint }: AwsConfig): boolean =>
  [endpoint, process.env['AWS_ENDPOINT_URL']].some((one) => one !== undefined && one !== '');
